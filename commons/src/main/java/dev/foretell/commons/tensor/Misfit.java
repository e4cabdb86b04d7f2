package dev.foretell.commons.tensor;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.NearestNames;

/** Describes input that does not fit: the tensor, the expected and the actual value. */
final class Misfit {
    private static final int MAX_SHOWN = 40;

    private Misfit() {}

    /** {@code tensor 'x': expected FP32, got INT64}. */
    static ServingException of(String tensor, String expected, String got) {
        return of(tensor, "expected " + expected + ", got " + got);
    }

    static ServingException of(String tensor, String what) {
        return of("tensor '" + NearestNames.abbreviate(tensor) + "': " + what);
    }

    static ServingException of(String what) {
        return new ServingException(FailureKind.INVALID_INPUT, what);
    }

    /** Shortens a value from outside for display. */
    static String abbreviate(String value) {
        return value.length() > MAX_SHOWN ? value.substring(0, MAX_SHOWN) + "…" : value;
    }
}
