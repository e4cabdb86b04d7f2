/** The way of one predict call: start at {@link dev.foretell.router.predict.Predictor}. */
@NullMarked
package dev.foretell.router.predict;

import org.jspecify.annotations.NullMarked;
