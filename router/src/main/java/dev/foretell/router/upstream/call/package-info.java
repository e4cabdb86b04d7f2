/**
 * One call as it is sent to a worker: its request, its cancellation, its response; start at {@link
 * dev.foretell.router.upstream.call.WorkerCall}.
 */
@NullMarked
package dev.foretell.router.upstream.call;

import org.jspecify.annotations.NullMarked;
