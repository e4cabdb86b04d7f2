package dev.foretell.client;

import java.util.Optional;

/**
 * The result of a call, and how it came about.
 *
 * @param requestId the id of the call in the logs of routers and workers
 * @param cached whether the router had the response in its cache
 * @param fallback the source and reason of a fallback, such as {@code default; reason=deadline}
 * @param members of an ensemble, how many members its result was merged from, such as {@code 4/5}
 */
public record Prediction<T>(
        T value, String requestId, boolean cached, Optional<String> fallback, Optional<String> members) {}
