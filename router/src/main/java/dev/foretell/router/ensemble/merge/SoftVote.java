package dev.foretell.router.ensemble.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/**
 * Merges probabilities into {@code {"label": …, "probabilities": …}}. An array of numbers holds one probability per class, and
 * so does an object, by the names of the classes; arrays of these are rows.
 */
final class SoftVote {
    private SoftVote() {}

    static Merged merge(List<JsonNode> values, double[] weights, List<String> labels) {
        JsonNode mean = Elementwise.merge(values, numbers -> Numbers.mean(numbers, weights));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("label", label(mean, labels));
        answer.set("probabilities", mean);
        return new Merged(answer, () -> Elementwise.merge(values, numbers -> Numbers.deviation(numbers, weights)));
    }

    /** Whether a value is one row of probabilities: only numbers, and at least one. */
    static boolean isRow(JsonNode value) {
        if (!value.isContainerNode() || value.isEmpty()) {
            return false;
        }
        for (JsonNode element : value) {
            if (!element.isNumber()) {
                return false;
            }
        }
        return true;
    }

    private static JsonNode label(JsonNode probabilities, List<String> labels) {
        if (probabilities.isObject()) {
            return mostProbable((ObjectNode) probabilities);
        }
        if (isRow(probabilities)) {
            int best = mostProbable((ArrayNode) probabilities);
            return best < labels.size() ? TextNode.valueOf(labels.get(best)) : IntNode.valueOf(best);
        }
        ArrayNode rows = JsonNodeFactory.instance.arrayNode(probabilities.size());
        probabilities.forEach(row -> rows.add(label(row, labels)));
        return rows;
    }

    /** The largest; among equals, the first. */
    private static int mostProbable(ArrayNode probabilities) {
        int best = 0;
        for (int i = 1; i < probabilities.size(); i++) {
            if (probabilities.get(i).doubleValue() > probabilities.get(best).doubleValue()) {
                best = i;
            }
        }
        return best;
    }

    private static TextNode mostProbable(ObjectNode probabilities) {
        String best = "";
        double most = -1;
        for (var entry : probabilities.properties()) {
            if (entry.getValue().doubleValue() > most) {
                most = entry.getValue().doubleValue();
                best = entry.getKey();
            }
        }
        return TextNode.valueOf(best);
    }
}
