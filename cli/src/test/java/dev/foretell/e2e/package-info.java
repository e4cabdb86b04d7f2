/** The whole of it: routers, workers and commands as processes, over real HTTP; start at {@link dev.foretell.e2e.WalkTest}. */
@NullMarked
package dev.foretell.e2e;

import org.jspecify.annotations.NullMarked;
