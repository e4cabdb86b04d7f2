/** One call as it is sent to a worker: what is asked, how it is cancelled, what comes back; start at {@link dev.foretell.router.upstream.call.WorkerCall}. */
@NullMarked
package dev.foretell.router.upstream.call;

import org.jspecify.annotations.NullMarked;
