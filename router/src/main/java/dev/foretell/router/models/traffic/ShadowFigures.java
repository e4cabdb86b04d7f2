package dev.foretell.router.models.traffic;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The comparison of a shadow's responses with the real ones, for {@code GET /v1/models/NAME/traffic}.
 *
 * @param disagreement the share of compared responses that differ
 * @param dropped shadow calls that were not sent because too many were in flight
 */
public record ShadowFigures(
        long compared, long disagreed, double disagreement, long failed, long dropped, List<Difference> largest) {
    /** Two responses that differ, and the id of the request, where its caller gave one. */
    public record Difference(
            double magnitude,
            String at,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String requestId) {}
}
