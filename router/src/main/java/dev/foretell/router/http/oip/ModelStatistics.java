package dev.foretell.router.http.oip;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * One of a statistics answer's {@code model_stats}.
 *
 * @param version left out where the model has none
 * @param calls left out where the model has no pool
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ModelStatistics(
        String name,
        @Nullable String version,
        @JsonUnwrapped @Nullable Calls calls) {
    /**
     * @param inferenceCount calls that workers answered
     * @param executionCount responses of workers
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Calls(long inferenceCount, long executionCount, Times inferenceStats) {}

    /**
     * How often, and how long together.
     *
     * @param queue left out where the model has no limit
     * @param computeInfer what the router waited for workers
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Times(Time success, Time fail, @Nullable Time queue, Time computeInfer) {}

    /** @param ns nanoseconds, of all of them together */
    record Time(long count, long ns) {}
}
