/** {@code foretell worker} and {@code foretell host}: start at {@link dev.foretell.cli.worker.WorkerCommand}. */
@NullMarked
package dev.foretell.cli.worker;

import org.jspecify.annotations.NullMarked;
