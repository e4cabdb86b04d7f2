package dev.foretell.worker.function;

/** A function reference that leads nowhere; the message tells its user what to write instead. */
public final class FunctionNotFoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FunctionNotFoundException(String message) {
        super(message, null, false, false);
    }
}
