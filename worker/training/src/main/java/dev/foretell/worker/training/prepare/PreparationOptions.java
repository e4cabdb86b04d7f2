package dev.foretell.worker.training.prepare;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.training.Scale;

/**
 * The options of a preparation.
 *
 * @param scale how numbers are scaled
 * @param features the share of the encoded numbers that is kept, more than 0 and at most 1: those that tell most about the target
 */
public record PreparationOptions(Scale scale, double features) {
    public PreparationOptions {
        if (!(features > 0 && features <= 1)) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "The share of features is " + features + ": it must be a number greater than 0, and at most 1.");
        }
    }

    /** All numbers, standardised or as they are. */
    public static PreparationOptions usual(boolean scaled) {
        return new PreparationOptions(scaled ? Scale.STANDARD : Scale.NONE, 1);
    }
}
