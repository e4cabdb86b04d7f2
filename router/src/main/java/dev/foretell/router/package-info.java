/** The router: start at {@link dev.foretell.router.RouterMain}, then read {@link dev.foretell.router.predict.Predictor}. */
@NullMarked
package dev.foretell.router;

import org.jspecify.annotations.NullMarked;
