/**
 * Serves Java functions over HTTP and registers them with a router. Programs start at {@link dev.foretell.worker.Worker},
 * the command line at {@link dev.foretell.worker.WorkerProcess}.
 */
@NullMarked
package dev.foretell.worker;

import org.jspecify.annotations.NullMarked;
