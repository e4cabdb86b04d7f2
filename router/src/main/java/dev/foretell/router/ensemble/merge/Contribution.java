package dev.foretell.router.ensemble.merge;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What one member contributes to the merged response.
 *
 * @param weight over 0
 */
public record Contribution(String member, double weight, JsonNode value) {}
