/** Loads functions from users' references; start at {@link dev.foretell.worker.loading.FunctionLoader}. */
@NullMarked
package dev.foretell.worker.loading;

import org.jspecify.annotations.NullMarked;
