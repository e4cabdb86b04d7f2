/** The worker's HTTP server; start at {@link dev.foretell.worker.http.WorkerServer}. */
@NullMarked
package dev.foretell.worker.http;

import org.jspecify.annotations.NullMarked;
