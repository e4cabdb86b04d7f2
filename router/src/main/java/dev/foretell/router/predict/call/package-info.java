/**
 * The state of one predict call: its request, attempts, trace and failure; start at {@link
 * dev.foretell.router.predict.call.PredictCall}.
 */
@NullMarked
package dev.foretell.router.predict.call;

import org.jspecify.annotations.NullMarked;
