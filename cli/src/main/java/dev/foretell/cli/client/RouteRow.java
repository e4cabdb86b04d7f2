package dev.foretell.cli.client;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** One worker of one model, as {@code foretell routes} shows it. */
public record RouteRow(
        @JsonUnwrapped Name name,
        @JsonUnwrapped Calls calls,
        @JsonUnwrapped Times times,
        @JsonUnwrapped Lease lease,
        @JsonUnwrapped Trouble trouble) {
    /** The names in the row. */
    public record Name(String type, String model, String worker) {}

    /** @param requests calls answered, over all routers */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Calls(String state, long inFlight, long requests) {}

    /**
     * Times in ISO 8601.
     *
     * @param lastPass when its last probe went well; empty for never
     * @param since when it came to be in its state
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Times(String lastPass, String since) {}

    /**
     * Milliseconds; null where it need not register again.
     *
     * @param leaseMs how often it must register again
     * @param leaseLeftMs what is left of that
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Lease(@Nullable Long leaseMs, @Nullable Long leaseLeftMs) {}

    /**
     * What went wrong there.
     *
     * @param failures attempts of calls that failed there since the router started
     * @param lastFailure the latest of them: model, detail, at; null for none
     * @param ejectedUntil when trial calls show whether it is well again, ISO 8601; null where it is not ejected
     * @param why why it gets no calls, or few; null where it gets its share
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Trouble(
            long failures,
            @Nullable JsonNode lastFailure,
            @Nullable String ejectedUntil,
            @Nullable String why) {}
}
