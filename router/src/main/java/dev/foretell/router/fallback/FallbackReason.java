package dev.foretell.router.fallback;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a call needs a fallback response. */
public enum FallbackReason {
    DEADLINE,
    NO_WORKER,
    BUSY,
    WORKER_FAILED,
    SHED;

    /** Null if the failure is the caller's fault, or is not a failure to serve the call. */
    public static @Nullable FallbackReason of(Throwable failure) {
        return failure instanceof ServingException serving ? of(serving.kind()) : null;
    }

    private static @Nullable FallbackReason of(FailureKind kind) {
        return switch (kind) {
            case DEADLINE_EXCEEDED -> DEADLINE;
            case NO_WORKER -> NO_WORKER;
            case WORKERS_BUSY -> BUSY;
            case WORKER_FAILED, FUNCTION_FAILED -> WORKER_FAILED;
            case SHED, QUEUE_FULL -> SHED;
            default -> null;
        };
    }

    /** As in the header and the counts: {@code no_worker}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
