package dev.foretell.router.ensemble.merge;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The merged response.
 *
 * @param spread how far the members differ, in the shape of the response: of numbers and probabilities the standard deviation by
 *     weight, of labels the share of weight of the other labels; null where the rule compares nothing
 */
public record Merged(JsonNode answer, @Nullable JsonNode spread) {}
