/** Example functions; start at {@link dev.foretell.examples.Fib}. */
@NullMarked
package dev.foretell.examples;

import org.jspecify.annotations.NullMarked;
