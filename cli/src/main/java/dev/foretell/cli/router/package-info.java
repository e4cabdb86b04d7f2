/** {@code foretell router}: start at {@link dev.foretell.cli.router.RouterCommand}. */
@NullMarked
package dev.foretell.cli.router;

import org.jspecify.annotations.NullMarked;
