package dev.foretell.cli.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One worker of one model.
 *
 * @param requests calls answered, by all routers
 * @param lastPass when its last probe went well, ISO 8601; empty for never
 * @param since when it came to be in its state, ISO 8601
 * @param leaseMs how often, in milliseconds, it must register again; null where it need not
 * @param leaseLeftMs what is left of that, in milliseconds
 * @param failures attempts of calls that failed there since the router started
 * @param lastFailure the latest of them: model, detail, at; null for none
 * @param ejectedUntil when trial calls show whether it is well again, ISO 8601; null where it is not ejected
 * @param why why it gets no calls, or few; null where it gets its share
 */
public record RouteRow(
        String type,
        String model,
        String worker,
        String state,
        @JsonProperty("in_flight") long inFlight,
        long requests,
        @JsonProperty("last_pass") String lastPass,
        String since,
        @JsonProperty("lease_ms") @Nullable Long leaseMs,
        @JsonProperty("lease_left_ms") @Nullable Long leaseLeftMs,
        long failures,
        @JsonProperty("last_failure") @Nullable JsonNode lastFailure,
        @JsonProperty("ejected_until") @Nullable String ejectedUntil,
        @Nullable String why) {}
