package dev.foretell.router.models.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.ServingException;

/**
 * The largest difference of two responses and its place, without their content.
 *
 * @param magnitude 0 if they are equal (numbers within a millionth of the larger one); for numbers, their distance
 *     divided by the larger one; 1 for anything else
 * @param at the place in the response as a JSON pointer (RFC 6901)
 */
record ResponseDiff(double magnitude, String at) {
    private static final double SAME = 1e-6;
    private static final ResponseDiff NONE = new ResponseDiff(0, "");

    static ResponseDiff of(ComparableResponse one, ComparableResponse other) {
        if (one.equals(other)) {
            return NONE;
        }
        try {
            return of(one.tree(), other.tree(), "");
        } catch (ServingException notJson) {
            return new ResponseDiff(1, "");
        }
    }

    private static ResponseDiff of(JsonNode one, JsonNode other, String at) {
        if (one.isNumber() && other.isNumber()) {
            return ofNumbers(one.doubleValue(), other.doubleValue(), at);
        }
        if (!one.isContainerNode() || one.getNodeType() != other.getNodeType() || one.size() != other.size()) {
            return one.equals(other) ? NONE : new ResponseDiff(1, at);
        }
        return one.isArray() ? ofArrays(one, other, at) : ofObjects(one, other, at);
    }

    private static ResponseDiff ofNumbers(double one, double other, String at) {
        double larger = Math.max(Math.abs(one), Math.abs(other));
        double distance = larger == 0 ? 0 : Math.abs(one - other) / larger;
        return distance <= SAME ? NONE : new ResponseDiff(distance, at);
    }

    private static ResponseDiff ofArrays(JsonNode one, JsonNode other, String at) {
        ResponseDiff most = NONE;
        for (int i = 0; i < one.size(); i++) {
            most = larger(most, of(one.path(i), other.path(i), at + "/" + i));
        }
        return most;
    }

    private static ResponseDiff ofObjects(JsonNode one, JsonNode other, String at) {
        ResponseDiff most = NONE;
        for (var field : one.properties()) {
            String escaped = field.getKey().replace("~", "~0").replace("/", "~1");
            most = larger(most, of(field.getValue(), other.path(field.getKey()), at + "/" + escaped));
        }
        return most;
    }

    private static ResponseDiff larger(ResponseDiff one, ResponseDiff other) {
        return other.magnitude > one.magnitude ? other : one;
    }
}
