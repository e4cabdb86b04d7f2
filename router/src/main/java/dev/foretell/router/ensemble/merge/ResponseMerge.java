package dev.foretell.router.ensemble.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Merges responses by a rule. Pure: the same contributions in the same order give the same response. All must fit the rule
 * ({@link ResponseFit}) and be alike ({@link Likeness}).
 *
 * @param labels names of the classes, for probabilities without names; empty for indexes
 */
public record ResponseMerge(MergeRule rule, List<String> labels) {
    public ResponseMerge {
        labels = List.copyOf(labels);
    }

    /** @param present at least one, in the order of the members */
    public Merged merge(List<Contribution> present) {
        double[] weights = present.stream()
                .mapToDouble(one -> rule.isWeighted() ? one.weight() : 1)
                .toArray();
        List<JsonNode> values = present.stream().map(Contribution::value).toList();
        return switch (rule) {
            case MEAN, WEIGHTED -> numbers(values, numbers -> Numbers.mean(numbers, weights), weights);
            case MEDIAN -> numbers(values, Numbers::median, weights);
            case MIN -> numbers(values, Numbers::min, weights);
            case MAX -> numbers(values, Numbers::max, weights);
            case VOTE ->
                new Merged(
                        Elementwise.merge(
                                values, labels -> Ballot.of(labels, weights).winner()),
                        () -> Elementwise.merge(
                                values, labels -> Ballot.of(labels, weights).dissent()));
            case SOFT_VOTE -> SoftVote.merge(values, weights, labels);
            case FIRST -> new Merged(values.get(0), () -> null);
            case ALL -> new Merged(byMember(present), () -> null);
        };
    }

    private static Merged numbers(List<JsonNode> values, Elementwise.Leaf leaf, double[] weights) {
        return new Merged(
                Elementwise.merge(values, leaf),
                () -> Elementwise.merge(values, numbers -> Numbers.deviation(numbers, weights)));
    }

    private static ObjectNode byMember(List<Contribution> present) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        present.forEach(one -> all.set(one.member(), one.value()));
        return all;
    }
}
