/** Hedges: slow calls at a second worker; start at {@link dev.foretell.router.predict.hedge.Race}. */
@NullMarked
package dev.foretell.router.predict.hedge;

import org.jspecify.annotations.NullMarked;
