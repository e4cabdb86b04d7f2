package dev.foretell.router.ensemble.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.util.List;

/** Puts the probabilities of one response into the order of the ensemble's classes, so that they are merged by name. Pure. */
final class ClassOrder {
    private ClassOrder() {}

    /**
     * Rows of numbers, in the order of the labels; objects have the names themselves.
     *
     * @param classes of the response, in its order; empty where they are not known, and then taken to be the labels
     * @param labels of the ensemble; empty where it has none, and then nothing changes
     * @throws ServingException {@link FailureKind#FUNCTION_FAILED} where the response has other classes
     */
    static JsonNode arrange(JsonNode probabilities, List<String> classes, List<String> labels) {
        if (labels.isEmpty() || !probabilities.isArray()) {
            return probabilities;
        }
        if (probabilities.path(0).isContainerNode()) {
            ArrayNode rows = JsonNodeFactory.instance.arrayNode(probabilities.size());
            probabilities.forEach(row -> rows.add(arrange(row, classes, labels)));
            return rows;
        }
        if (probabilities.size() != labels.size()) {
            throw MemberResponse.misfit("has probabilities of " + probabilities.size()
                    + " classes, and the ensemble has " + labels.size() + " labels");
        }
        return classes.isEmpty() || classes.equals(labels) ? probabilities : row(probabilities, classes, labels);
    }

    private static ArrayNode row(JsonNode probabilities, List<String> classes, List<String> labels) {
        ArrayNode row = JsonNodeFactory.instance.arrayNode(labels.size());
        for (String label : labels) {
            int index = classes.indexOf(label);
            if (index < 0) {
                throw MemberResponse.misfit("has no probability of the class '" + label + "'");
            }
            row.add(probabilities.path(index));
        }
        return row;
    }
}
