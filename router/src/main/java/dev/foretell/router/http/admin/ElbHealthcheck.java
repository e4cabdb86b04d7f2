package dev.foretell.router.http.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.http.message.JsonPieces;
import java.util.Map;

/**
 * The response of {@code GET /elb-healthcheck}; its long parts are written in pieces.
 *
 * @param uptime seconds
 * @param capacity {@link WorkerViews#capacityPercent}
 */
record ElbHealthcheck(
        long uptime,
        int capacity,
        @JsonUnwrapped Requests requests,
        @JsonProperty("Alive_info") JsonPieces workers,
        JsonPieces models) {
    /**
     * Responses by type, model and worker; from the cache; and from fallbacks.
     *
     * @param cacheHits omitted if empty, like the fallbacks
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Requests(JsonPieces requests, Map<String, ?> cacheHits, Map<String, ?> fallbacks) {
        static Requests of(RequestCounts counts) {
            return new Requests(
                    JsonPieces.object(counts.totals().entrySet().iterator()), counts.cacheHits(), counts.fallbacks());
        }
    }
}
