package dev.foretell.cli.client;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One worker of one model.
 *
 * @param requests calls answered, by all routers
 * @param lastPass when its last probe went well, ISO 8601; empty for never
 */
public record RouteRow(
        String type,
        String model,
        String worker,
        String state,
        @JsonProperty("in_flight") long inFlight,
        long requests,
        @JsonProperty("last_pass") String lastPass) {}
