/** Predict calls over HTTP; start at {@link dev.foretell.router.http.predict.PredictApi}. */
@NullMarked
package dev.foretell.router.http.predict;

import org.jspecify.annotations.NullMarked;
