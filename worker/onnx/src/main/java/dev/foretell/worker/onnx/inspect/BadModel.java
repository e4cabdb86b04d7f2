package dev.foretell.worker.onnx.inspect;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;

/** The refusal of a file that is no model, or not one that a host may run. */
final class BadModel {
    private BadModel() {}

    static ServingException of(String what) {
        return new ServingException(FailureKind.INVALID_INPUT, what);
    }
}
