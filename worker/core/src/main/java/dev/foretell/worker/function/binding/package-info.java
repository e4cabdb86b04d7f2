/**
 * Java methods as functions: arguments from JSON, schemas, error messages for input that does not fit; start at {@link
 * dev.foretell.worker.function.binding.JavaFunction}.
 */
@NullMarked
package dev.foretell.worker.function.binding;

import org.jspecify.annotations.NullMarked;
