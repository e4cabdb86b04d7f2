/**
 * Functions as a worker sees them: name, description, arguments, result. Plug-ins start at {@link
 * dev.foretell.worker.function.FunctionProvider}, other readers at {@link dev.foretell.worker.function.ServedFunction}.
 */
@NullMarked
package dev.foretell.worker.function;

import org.jspecify.annotations.NullMarked;
