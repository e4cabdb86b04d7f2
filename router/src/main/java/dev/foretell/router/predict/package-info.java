/** The way of a predict call: start at {@link dev.foretell.router.predict.Predictor}. */
@NullMarked
package dev.foretell.router.predict;

import org.jspecify.annotations.NullMarked;
