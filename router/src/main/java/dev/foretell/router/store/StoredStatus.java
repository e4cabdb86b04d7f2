package dev.foretell.router.store;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.foretell.router.health.WorkerStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A worker's status as it is kept, times in ISO 8601. */
@JsonNaming(SnakeCaseStrategy.class)
record StoredStatus(
        String state,
        String since,
        @Nullable String firstPass,
        @Nullable String lastPass,
        int failCount) {
    StoredStatus {
        if (state == null || since == null) {
            throw new IllegalArgumentException("a status without its state");
        }
    }

    static StoredStatus of(WorkerStatus status) {
        return new StoredStatus(
                status.state().name(),
                status.since().toString(),
                text(status.firstPass()),
                text(status.lastPass()),
                status.failCount());
    }

    /** Throws a {@link RuntimeException} where something in it is no state, or no time. */
    WorkerStatus status() {
        return new WorkerStatus(
                WorkerStatus.State.valueOf(state),
                Instant.parse(since),
                instant(firstPass),
                instant(lastPass),
                failCount);
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private static @Nullable Instant instant(@Nullable String time) {
        return time == null ? null : Instant.parse(time);
    }
}
