package dev.foretell.worker.onnx.image;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;

/** The error for an image that cannot become the input. */
final class Misfit {
    private Misfit() {}

    static ServingException misfit(String detail) {
        return new ServingException(FailureKind.INVALID_INPUT, detail);
    }

    static ServingException misfit(String detail, Throwable cause) {
        return new ServingException(FailureKind.INVALID_INPUT, detail, cause);
    }
}
