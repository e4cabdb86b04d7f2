package dev.foretell.worker.function;

import org.jspecify.annotations.Nullable;

/**
 * A function throws this if its input is wrong: {@code throw new InvalidInputException("age must be under 150")}. The
 * caller gets the status and the message. The failure is not logged, not retried, and does not count against the
 * worker. It has no stack trace, because it is an expected outcome.
 */
public class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The body is readable, but its content does not fit. */
    public static final int UNPROCESSABLE = 422;

    private final int status;

    /** Sends status 422. */
    public InvalidInputException(String message) {
        this(UNPROCESSABLE, message);
    }

    /**
     * @param status from 400 to 499; 429 means that the function is busy, not that the input is wrong
     * @throws IllegalArgumentException for another status
     */
    public InvalidInputException(int status, String message) {
        this(status, message, null);
    }

    /** @param cause for logs; callers do not see it */
    public InvalidInputException(int status, String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.status = requireStatus(status);
    }

    static int requireStatus(int status) {
        if (status < 400 || status > 499) {
            throw new IllegalArgumentException(
                    "status " + status + " does not say that the caller is wrong: take 400 to 499");
        }
        return status;
    }

    public int status() {
        return status;
    }
}
