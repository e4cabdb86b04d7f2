package dev.foretell.router.http.admin;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.foretell.router.health.RoutingObstacle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The health of a worker for {@code GET /v1/workers} and {@code GET /elb-healthcheck}. Times are ISO 8601 in UTC. */
record WorkerHealth(
        @JsonUnwrapped Probes probes,
        @JsonUnwrapped Failures failures,
        @JsonUnwrapped Lease lease,
        @JsonUnwrapped Restraint restraint) {
    /** @param since when this state began */
    @JsonNaming(SnakeCaseStrategy.class)
    record Probes(
            RoutingObstacle state,
            String since,
            @Nullable String firstPass,
            @Nullable String lastPass,
            int failCount) {}

    /**
     * @param failures failed attempts at this worker
     * @param strays responses that belong to no call
     * @param ejectedFrom models
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Failures(
            long failures,
            long strays,
            List<String> ejectedFrom,
            @Nullable String ejectedUntil,
            @Nullable LastFailure lastFailure) {}

    /** The latest failed attempt. */
    record LastFailure(String model, String detail, String at) {}

    /** @param leaseLeftMs the time left of the lease that expires first */
    @JsonNaming(SnakeCaseStrategy.class)
    record Lease(@Nullable Long leaseMs, @Nullable Long leaseLeftMs) {}

    /**
     * @param why why it gets no calls or less than its share; null if it gets its share
     * @param leftAloneMs how long it gets no calls because it reported that it is busy
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Restraint(@Nullable String why, long leftAloneMs, long suspicions, long ejections) {}
}
