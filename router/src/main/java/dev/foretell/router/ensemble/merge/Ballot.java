package dev.foretell.router.ensemble.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A vote among labels.
 *
 * @param winner the label with the most weight; among equals, the one that was named first
 * @param share the winner's share of all weight
 */
record Ballot(JsonNode winner, double share) {
    /** {@code 1} and {@code 1.0} are one label, {@code "1"} is another. */
    static Ballot of(List<JsonNode> labels, double[] weights) {
        Map<Object, Double> votes = new LinkedHashMap<>();
        for (int i = 0; i < labels.size(); i++) {
            votes.merge(identity(labels.get(i)), weights[i], Double::sum);
        }
        JsonNode winner = labels.get(0);
        double most = 0;
        for (JsonNode label : labels) {
            double has = votes.getOrDefault(identity(label), 0.0);
            if (has > most) {
                most = has;
                winner = label;
            }
        }
        return new Ballot(winner, most / Numbers.sum(weights));
    }

    private static Object identity(JsonNode label) {
        return label.isNumber() ? label.decimalValue().stripTrailingZeros() : label;
    }

    /** The other labels' share of the weight: 0 if all members agree. */
    JsonNode dissent() {
        return DoubleNode.valueOf(Math.max(0, 1 - share));
    }
}
