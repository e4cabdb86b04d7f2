/** {@code foretell routes}: start at {@link dev.foretell.cli.routes.RoutesCommand}. */
@NullMarked
package dev.foretell.cli.routes;

import org.jspecify.annotations.NullMarked;
