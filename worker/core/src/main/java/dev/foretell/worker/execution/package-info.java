/** Runs user code within bounds; start at {@link dev.foretell.worker.execution.FunctionExecutor}. */
@NullMarked
package dev.foretell.worker.execution;

import org.jspecify.annotations.NullMarked;
