package dev.foretell.router.http.oip;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code model_stats} in a statistics response.
 *
 * @param version omitted if the model has no versions
 * @param calls omitted if the model has no pool
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ModelStatistics(
        String name,
        @Nullable String version,
        @JsonUnwrapped @Nullable Calls calls) {
    /**
     * @param inferenceCount calls with a worker's response
     * @param executionCount responses of workers
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Calls(long inferenceCount, long executionCount, Times inferenceStats) {}

    /**
     * The number of calls and their total time.
     *
     * @param queue omitted if the model has no limit
     * @param computeInfer the router's wait for workers
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Times(Time success, Time fail, @Nullable Time queue, Time computeInfer) {}

    /** @param ns nanoseconds of all calls together */
    record Time(long count, long ns) {}
}
