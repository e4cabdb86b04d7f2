package dev.foretell.router.ensemble.merge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Compares responses: those with arrays of the same length and objects with the same fields, at every depth, can be merged.
 */
public final class Likeness {
    private Likeness() {}

    /** The largest group of like values; among equals, the group whose first value comes first. */
    public static List<Contribution> largestGroup(List<Contribution> present) {
        List<List<Contribution>> groups = new ArrayList<>();
        for (Contribution one : present) {
            groups.stream()
                    .filter(group -> isLike(group.get(0).value(), one.value()))
                    .findFirst()
                    .orElseGet(() -> add(groups))
                    .add(one);
        }
        return groups.stream()
                .reduce((a, b) -> BY_SIZE.compare(b, a) > 0 ? b : a)
                .orElse(List.of());
    }

    private static final Comparator<List<?>> BY_SIZE = Comparator.comparing(List::size);

    private static List<Contribution> add(List<List<Contribution>> groups) {
        List<Contribution> group = new ArrayList<>();
        groups.add(group);
        return group;
    }

    static boolean isLike(JsonNode a, JsonNode b) {
        if (a.isArray() && b.isArray()) {
            return areElementsAlike(a, b);
        }
        if (a.isObject() && b.isObject()) {
            return areFieldsAlike(a, b);
        }
        return !a.isContainerNode() && !b.isContainerNode();
    }

    private static boolean areElementsAlike(JsonNode a, JsonNode b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!isLike(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean areFieldsAlike(JsonNode a, JsonNode b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (var entry : a.properties()) {
            JsonNode other = b.get(entry.getKey());
            if (other == null || !isLike(entry.getValue(), other)) {
                return false;
            }
        }
        return true;
    }
}
