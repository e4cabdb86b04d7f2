package dev.foretell.router.ensemble.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Merges values that are alike leaf by leaf: arrays of any depth, objects, and single values. */
final class Elementwise {
    private Elementwise() {}

    /** Merges the single values that stand at one place. */
    interface Leaf {
        JsonNode merge(List<JsonNode> values);
    }

    static JsonNode merge(List<JsonNode> values, Leaf leaf) {
        JsonNode first = values.get(0);
        if (first.isArray()) {
            return array(values, first.size(), leaf);
        }
        return first.isObject() ? object(values, leaf) : leaf.merge(values);
    }

    private static ArrayNode array(List<JsonNode> values, int size, Leaf leaf) {
        ArrayNode merged = JsonNodeFactory.instance.arrayNode(size);
        for (int i = 0; i < size; i++) {
            int at = i;
            merged.add(merge(each(values, value -> value.get(at)), leaf));
        }
        return merged;
    }

    private static ObjectNode object(List<JsonNode> values, Leaf leaf) {
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        values.get(0)
                .fieldNames()
                .forEachRemaining(name -> merged.set(name, merge(each(values, value -> value.get(name)), leaf)));
        return merged;
    }

    private static List<JsonNode> each(List<JsonNode> values, Function<JsonNode, JsonNode> part) {
        List<JsonNode> parts = new ArrayList<>(values.size());
        values.forEach(value -> parts.add(part.apply(value)));
        return parts;
    }
}
