/**
 * What a function is to a worker: its name, its description, its arguments, its answer. Plug-ins start at {@link * dev.foretell.worker.function.FunctionProvider}, everybody else at {@link dev.foretell.worker.function.ServedFunction}.
 */
@NullMarked
package dev.foretell.worker.function;

import org.jspecify.annotations.NullMarked;
