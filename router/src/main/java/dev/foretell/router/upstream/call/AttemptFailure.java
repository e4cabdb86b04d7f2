package dev.foretell.router.upstream.call;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.upstream.pool.FunctionFault;
import org.jspecify.annotations.Nullable;

/** Why one attempt at one worker came to nothing. */
public final class AttemptFailure extends ServingException {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Reason {
        /** No connection could be opened. */
        UNREACHABLE,
        /** The connection closed before the answer was whole. */
        DROPPED,
        /** The answer makes no sense, has no end, or is none: a redirect, or a change of protocol. */
        GARBLED,
        /** What came may be another call's answer, twice. */
        MISPLACED,
        /** The worker answered 5xx. */
        ERROR_STATUS,
        /** The worker did not take the request, of which path, method, address and token are the router's: 401, 403, 404 and the like. */
        REFUSED,
        /** The function failed on this input: whose fault that is, others show ({@link FunctionFault}). */
        FUNCTION_ERROR,
        /** The worker, of HTTP/1.0, takes no body of unknown length. */
        NO_LENGTH,
        /** The worker, or the way to it, takes no more calls now. */
        BUSY,
        /** The answer came, but this router has no memory for it just now. */
        CROWDED,
        /** The call's deadline passed while the worker had it. */
        DEADLINE,
        /** The caller hung up. */
        CANCELLED,
        /** Another worker answered first. */
        OVERTAKEN;

        public boolean countsAgainstWorker() {
            return switch (this) {
                case UNREACHABLE, DROPPED, GARBLED, MISPLACED, ERROR_STATUS, REFUSED, DEADLINE -> true;
                case FUNCTION_ERROR, NO_LENGTH, BUSY, CROWDED, CANCELLED, OVERTAKEN -> false;
            };
        }

        /** Whether it tells something of the worker, if only that its function failed. */
        public boolean isOfWorker() {
            return countsAgainstWorker() || this == FUNCTION_ERROR;
        }

        /** Whether the worker is gone as far as this call can tell: elsewhere it adds no load that was not there. */
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
     * @param words the worker's, for the caller
     */
    public static AttemptFailure ofFunction(int status, String words) {
        return new AttemptFailure(Reason.FUNCTION_ERROR, words, null, null, status);
    }

    /** A request that the worker, not its function, did not take. */
    public static AttemptFailure ofRefusal(int status) {
        return new AttemptFailure(Reason.REFUSED, detail(Reason.REFUSED), null, null, status);
    }

    /**
     * What is wrong with an answer of this status; null where it can be passed on.
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

    /** A function has no other place to send its caller to. */
    private static boolean isAnswer(int status) {
        return status >= 200 && (status < 300 || status >= 400);
    }

    public Reason reason() {
        return reason;
    }

    /** Of a function's failure, and of a request that was not taken, the worker's status; 0 of all others. */
    public int status() {
        return status;
    }

    /** The worker's own Retry-After, where it gave one. */
    public @Nullable String retryAfter() {
        return retryAfter;
    }

    private static FailureKind kind(Reason reason) {
        return switch (reason) {
            case UNREACHABLE, DROPPED, GARBLED, MISPLACED, ERROR_STATUS, REFUSED -> FailureKind.WORKER_FAILED;
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
            case GARBLED -> "the worker's answer could not be read";
            case MISPLACED -> "the worker's answer may be to another request";
            case ERROR_STATUS -> "the worker answered with an error of its own";
            case REFUSED -> "the worker did not take the router's request; the router's log says why";
            case FUNCTION_ERROR -> "the function failed";
            case NO_LENGTH -> "the worker takes no long body in chunks; send its Content-Length";
            case BUSY -> "the worker is busy";
            case CROWDED -> "the router holds as many bytes of answers as its memory lets it; call again";
            case DEADLINE -> "the deadline passed at the worker";
            case CANCELLED -> "the caller hung up";
            case OVERTAKEN -> "another worker answered first";
        };
    }
}
