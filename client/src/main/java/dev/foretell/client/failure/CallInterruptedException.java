package dev.foretell.client.failure;

/** The thread that waited for the result was interrupted. The call is cancelled, and the thread's flag is set again. */
public final class CallInterruptedException extends ForetellException {
    private static final long serialVersionUID = 1L;

    public CallInterruptedException(String requestId, InterruptedException cause) {
        super("the thread was interrupted while it waited for the result", requestId, cause);
    }
}
