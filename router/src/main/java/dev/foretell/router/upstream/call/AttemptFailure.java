package dev.foretell.router.upstream.call;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.upstream.pool.FunctionFault;
import org.jspecify.annotations.Nullable;

/** Why one attempt at one worker failed. */
public final class AttemptFailure extends ServingException {
    private static final long serialVersionUID = 1L;

    /** The kind of failure. */
    public enum Reason {
        /** No connection could be opened. */
        UNREACHABLE,
        /** The connection closed before the response was complete. */
        DROPPED,
        /** The response is invalid, or is not a final response: a redirect, or a change of protocol. */
        GARBLED,
        /** The response is longer than {@code upstream.max-answer-bytes}. */
        TOO_LONG,
        /** The response may belong to another call; this happened twice. */
        MISPLACED,
        /** The worker responded with 5xx. */
        ERROR_STATUS,
        /**
         * The worker refused the router's request, whose path, method, address and token come from the router: 401,
         * 403, 404 and similar.
         */
        REFUSED,
        /** The function failed on this input; other workers show who is at fault ({@link FunctionFault}). */
        FUNCTION_ERROR,
        /** The worker speaks HTTP/1.0 and takes no body of unknown length. */
        NO_LENGTH,
        /** The worker, or the connection to it, takes no more calls now. */
        BUSY,
        /** The response arrived, but this router has no memory for it now. */
        CROWDED,
        /** The call's deadline passed at the worker. */
        DEADLINE,
        /** The caller hung up. */
        CANCELLED,
        /** Another worker responded first. */
        OVERTAKEN;

        public boolean countsAgainstWorker() {
            return switch (this) {
                case UNREACHABLE, DROPPED, GARBLED, TOO_LONG, MISPLACED, ERROR_STATUS, REFUSED, DEADLINE -> true;
                case FUNCTION_ERROR, NO_LENGTH, BUSY, CROWDED, CANCELLED, OVERTAKEN -> false;
            };
        }

        /** Whether it reveals something about the worker, even if only that its function failed. */
        public boolean isOfWorker() {
            return countsAgainstWorker() || this == FUNCTION_ERROR;
        }

        /** Whether the worker seems to be lost, so that a retry elsewhere adds no load. */
        public boolean isLost() {
            return this == UNREACHABLE || this == DROPPED;
        }
    }

    private final Reason reason;
    private final @Nullable String retryAfter;
    private final int status;

    public AttemptFailure(Reason reason, @Nullable Throwable cause) {
        this(reason, null, cause);
    }

    public AttemptFailure(Reason reason, @Nullable String retryAfter, @Nullable Throwable cause) {
        this(reason, detail(reason), retryAfter, cause, 0);
    }

    private AttemptFailure(
            Reason reason, String detail, @Nullable String retryAfter, @Nullable Throwable cause, int status) {
        super(kind(reason), detail, cause);
        this.reason = reason;
        this.retryAfter = retryAfter;
        this.status = status;
    }

    /**
     * A failure of the function itself.
     *
     * @param status 5xx
     * @param words the worker's message for the caller
     */
    public static AttemptFailure ofFunction(int status, String words) {
        return new AttemptFailure(Reason.FUNCTION_ERROR, words, null, null, status);
    }

    /** A request that the worker, not its function, refused. */
    public static AttemptFailure ofRefusal(int status) {
        return new AttemptFailure(Reason.REFUSED, detail(Reason.REFUSED), null, null, status);
    }

    /**
     * The failure of a response with this status; null if it can be passed on.
     *
     * @param ofFunction whether the function itself chose the status, or failed
     */
    public static @Nullable Reason reasonOf(int status, boolean ofFunction) {
        return switch (status) {
            case 429, 503 -> Reason.BUSY;
            case 401, 403, 404, 405, 407, 410, 411, 414, 421, 426, 431 -> ofFunction ? null : Reason.REFUSED;
            default -> {
                if (status >= 500 && ofFunction) {
                    yield Reason.FUNCTION_ERROR;
                } else if (status == 504) {
                    yield Reason.DEADLINE;
                }
                yield status >= 500 ? Reason.ERROR_STATUS : isAnswer(status) ? null : Reason.GARBLED;
            }
        };
    }

    /** A function cannot redirect its caller. */
    private static boolean isAnswer(int status) {
        return status >= 200 && (status < 300 || status >= 400);
    }

    public Reason reason() {
        return reason;
    }

    /** The worker's status, for a failed function or a refused request; otherwise 0. */
    public int status() {
        return status;
    }

    /** The worker's Retry-After, if it sent one. */
    public @Nullable String retryAfter() {
        return retryAfter;
    }

    private static FailureKind kind(Reason reason) {
        return switch (reason) {
            case UNREACHABLE, DROPPED, GARBLED, TOO_LONG, MISPLACED, ERROR_STATUS, REFUSED -> FailureKind.WORKER_FAILED;
            case FUNCTION_ERROR -> FailureKind.FUNCTION_FAILED;
            case NO_LENGTH -> FailureKind.LENGTH_REQUIRED;
            case BUSY, CROWDED -> FailureKind.WORKERS_BUSY;
            case DEADLINE, CANCELLED, OVERTAKEN -> FailureKind.DEADLINE_EXCEEDED;
        };
    }

    private static String detail(Reason reason) {
        return switch (reason) {
            case UNREACHABLE -> "the worker could not be reached";
            case DROPPED -> "the worker broke off the connection";
            case GARBLED -> "the worker's response could not be read";
            case TOO_LONG -> "the worker's response is too long";
            case MISPLACED -> "the worker's response may belong to another request";
            case ERROR_STATUS -> "the worker itself failed";
            case REFUSED -> "the worker refused the router's request; the router's log says why";
            case FUNCTION_ERROR -> "the function failed";
            case NO_LENGTH -> "the worker takes no chunked body; send a Content-Length";
            case BUSY -> "the worker is busy";
            case CROWDED -> "the responses of all workers fill the router's memory for them; call again";
            case DEADLINE -> "the deadline passed at the worker";
            case CANCELLED -> "the caller hung up";
            case OVERTAKEN -> "another worker responded first";
        };
    }
}
