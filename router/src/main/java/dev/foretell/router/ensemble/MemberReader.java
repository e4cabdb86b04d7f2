package dev.foretell.router.ensemble;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.foretell.commons.identity.Names;
import dev.foretell.commons.identity.NearestNames;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.router.ensemble.merge.MergeRule;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of one recipe: {@code "iris:2"}, {@code "AI/fib"}, or an object with more fields.
 *
 * @param type the type of members that name no type
 * @param recipe its {@code deadlineMs} and {@code output} apply to members without their own
 */
record MemberReader(String type, MergeRule merge, JsonNode recipe) {
    private static final Set<String> FIELDS = Set.of("name", "type", "model", "weight", "deadlineMs", "output");
    private static final double MAX_WEIGHT = 1e6;
    private static final int MAX_DEADLINE_MS = 3_600_000;
    private static final int MAX_OUTPUT = 256;

    Member read(JsonNode given, int index) {
        String what = "members[" + index + "]";
        JsonNode fields =
                given.isTextual() ? JsonNodeFactory.instance.objectNode().put("model", given.textValue()) : given;
        if (fields.isObject()) {
            RecipeFields.requireKnown(what, fields, FIELDS);
        }
        if (!fields.isObject() || RecipeFields.isAbsent(fields, "model")) {
            throw RecipeFields.invalid(what + " must be the name of a model, or an object with a field model");
        }
        String id = RecipeFields.text(fields, "model", "");
        int slash = id.indexOf('/');
        String ofType = slash < 0 ? RecipeFields.text(fields, "type", type) : id.substring(0, slash);
        String model = requireId(what, ofType, id.substring(slash + 1));
        String name = RecipeFields.text(fields, "name", id);
        if (name.isEmpty() || name.length() > 2 * Names.MAX_CHARACTERS + 1) {
            throw RecipeFields.invalid(what + ": name must be 1 to " + (2 * Names.MAX_CHARACTERS + 1) + " characters");
        }
        return new Member(name, ofType, model, weight(what, fields), deadline(fields), output(fields));
    }

    private static String requireId(String what, String type, String id) {
        int colon = id.indexOf(':');
        boolean fits = Names.isValid(type)
                && !type.equals(Hosting.TYPE)
                && Names.isValid(colon < 0 ? id : id.substring(0, colon))
                && (colon < 0 || Names.isValid(id.substring(colon + 1)));
        if (!fits) {
            throw RecipeFields.invalid(what + ": '" + NearestNames.abbreviate(type + "/" + id)
                    + "' is no model; members are named like fib, iris:2 or AI/fib");
        }
        return id;
    }

    private double weight(String what, JsonNode fields) {
        if (RecipeFields.isAbsent(fields, "weight")) {
            return 1;
        }
        JsonNode weight = fields.path("weight");
        double value = weight.doubleValue();
        if (!weight.isNumber() || !(value > 0) || value > MAX_WEIGHT) {
            throw RecipeFields.invalid(what + ": weight must be a number over 0, and at most 1000000");
        }
        if (value != 1 && !merge.isWeighted()) {
            throw RecipeFields.invalid(
                    what + ": weights count with merge weighted, vote and softVote, not with " + merge.word());
        }
        return value;
    }

    private int deadline(JsonNode fields) {
        int ofAll = RecipeFields.number(recipe, "deadlineMs", 0, 0, MAX_DEADLINE_MS);
        return RecipeFields.number(fields, "deadlineMs", ofAll, 0, MAX_DEADLINE_MS);
    }

    private @Nullable String output(JsonNode fields) {
        String output = RecipeFields.text(fields, "output", RecipeFields.text(recipe, "output", ""));
        if (output.length() > MAX_OUTPUT) {
            throw RecipeFields.invalid("output must be at most " + MAX_OUTPUT + " characters");
        }
        return output.isEmpty() ? null : output;
    }
}
