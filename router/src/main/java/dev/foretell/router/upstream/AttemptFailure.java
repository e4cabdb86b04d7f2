package dev.foretell.router.upstream;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
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

        boolean countsAgainstWorker() {
            return this != BUSY && this != CROWDED && this != CANCELLED && this != OVERTAKEN;
        }

        /** Whether the worker is gone as far as this call can tell: elsewhere it adds no load that was not there. */
        public boolean isLost() {
            return this == UNREACHABLE || this == DROPPED;
        }
    }

    private final Reason reason;
    private final @Nullable String retryAfter;

    public AttemptFailure(Reason reason, @Nullable Throwable cause) {
        this(reason, null, cause);
    }

    AttemptFailure(Reason reason, @Nullable String retryAfter, @Nullable Throwable cause) {
        super(kind(reason), detail(reason), cause);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    /** What is wrong with an answer of this status; null where it can be passed on. */
    public static @Nullable Reason reasonOf(int status) {
        return switch (status) {
            case 429, 503 -> Reason.BUSY;
            case 504 -> Reason.DEADLINE;
            default -> status >= 500 ? Reason.ERROR_STATUS : isAnswer(status) ? null : Reason.GARBLED;
        };
    }

    /** A function has no other place to send its caller to. */
    private static boolean isAnswer(int status) {
        return status >= 200 && (status < 300 || status >= 400);
    }

    public Reason reason() {
        return reason;
    }

    /** The worker's own Retry-After, where it gave one. */
    public @Nullable String retryAfter() {
        return retryAfter;
    }

    private static FailureKind kind(Reason reason) {
        return switch (reason) {
            case UNREACHABLE, DROPPED, GARBLED, MISPLACED, ERROR_STATUS -> FailureKind.WORKER_FAILED;
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
            case BUSY -> "the worker is busy";
            case CROWDED -> "the router holds as many bytes of answers as its memory lets it; call again";
            case DEADLINE -> "the deadline passed at the worker";
            case CANCELLED -> "the caller hung up";
            case OVERTAKEN -> "another worker answered first";
        };
    }
}
