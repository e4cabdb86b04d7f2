/** Other JVMs of this program, and how they end together: start at {@link dev.foretell.cli.child.Launch}. */
@NullMarked
package dev.foretell.cli.child;

import org.jspecify.annotations.NullMarked;
