/** One predict call on its way: the request, its attempts so far, its trace, its failure; start at {@link dev.foretell.router.predict.call.PredictCall}. */
@NullMarked
package dev.foretell.router.predict.call;

import org.jspecify.annotations.NullMarked;
