package dev.foretell.router.models.traffic;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A version's share of its model's calls, and how those ended since the plan began, as {@code GET /v1/models/NAME/traffic}
 * shows it.
 *
 * @param weight percent
 */
public record VersionCalls(
        int weight,
        long calls,
        long failed,
        long refused,
        @JsonProperty("p95_ms") double p95Millis) {
    static VersionCalls of(int weight, VersionStats.Figures figures) {
        double p95 = Math.round(figures.p95Millis() * 100) / 100.0;
        return new VersionCalls(weight, figures.calls(), figures.failed(), figures.refused(), p95);
    }
}
