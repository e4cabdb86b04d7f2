/**
 * The attempts of one call at one worker after another; start at {@link
 * dev.foretell.router.predict.attempt.AttemptLoop}.
 */
@NullMarked
package dev.foretell.router.predict.attempt;

import org.jspecify.annotations.NullMarked;
