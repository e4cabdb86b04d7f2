package dev.foretell.router.ensemble.merge;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The merged response.
 *
 * @param spread how much the members differ, in the shape of the response: the weighted standard deviation of numbers and
 *     probabilities, or the other labels' share of the weight; null if the rule compares nothing
 */
public record Merged(JsonNode answer, @Nullable JsonNode spread) {}
