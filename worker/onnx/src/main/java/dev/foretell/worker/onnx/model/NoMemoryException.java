package dev.foretell.worker.onnx.model;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import org.jspecify.annotations.Nullable;

/** There is not enough memory to load or run a model; a larger process may have it. */
public final class NoMemoryException extends ServingException {
    private static final long serialVersionUID = 1L;

    public NoMemoryException(FailureKind kind, String detail, @Nullable Throwable cause) {
        super(kind, detail, cause);
    }
}
