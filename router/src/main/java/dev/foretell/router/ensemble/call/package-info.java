/** How an ensemble is called; start at {@link dev.foretell.router.ensemble.call.LiveEnsembles}. */
@NullMarked
package dev.foretell.router.ensemble.call;

import org.jspecify.annotations.NullMarked;
