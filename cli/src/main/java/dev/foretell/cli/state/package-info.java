/** {@code foretell state}: start at {@link dev.foretell.cli.state.StateCommand}. */
@NullMarked
package dev.foretell.cli.state;

import org.jspecify.annotations.NullMarked;
