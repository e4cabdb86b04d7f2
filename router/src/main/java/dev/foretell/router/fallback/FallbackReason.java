package dev.foretell.router.fallback;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a call needs something that stands in for its answer. */
public enum FallbackReason {
    DEADLINE,
    NO_WORKER,
    BUSY,
    WORKER_FAILED,
    SHED;

    /** Null where the failure is the caller's own, or not one of serving. */
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

    /** As in header and counts: {@code no_worker}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
