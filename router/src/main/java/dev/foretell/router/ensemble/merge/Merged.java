package dev.foretell.router.ensemble.merge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The merged response.
 *
 * @param spreading computes the spread
 */
public record Merged(JsonNode answer, Supplier<@Nullable JsonNode> spreading) {
    /**
     * How much the members differ, in the shape of the response: the weighted standard deviation of numbers and probabilities, or
     * the other labels' share of the weight; null if the rule compares nothing. Each call computes it, because few callers ask.
     */
    public @Nullable JsonNode spread() {
        return spreading.get();
    }
}
