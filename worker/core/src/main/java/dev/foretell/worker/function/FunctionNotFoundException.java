package dev.foretell.worker.function;

/** An invalid function reference; the message says what to write instead. */
public final class FunctionNotFoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FunctionNotFoundException(String message) {
        super(message, null, false, false);
    }
}
