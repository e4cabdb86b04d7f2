package dev.foretell.commons.training;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;

/** A setting of an algorithm: its default, and the range that it may be in, ends included. */
public record AlgorithmParameter(String name, double byDefault, double least, double most, boolean whole) {
    static AlgorithmParameter whole(String name, int byDefault, int least, int most) {
        return new AlgorithmParameter(name, byDefault, least, most, true);
    }

    static AlgorithmParameter number(String name, double byDefault, double least, double most) {
        return new AlgorithmParameter(name, byDefault, least, most, false);
    }

    double require(double value) {
        if (!(value >= least && value <= most) || whole && value != Math.rint(value)) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "the parameter '" + name + "' is " + text(value) + ": it must be a " + (whole ? "whole " : "")
                            + "number from " + text(least) + " to " + text(most));
        }
        return value;
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }
}
