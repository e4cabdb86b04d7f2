package dev.foretell.router.ensemble;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.identity.Names;
import dev.foretell.commons.identity.NearestNames;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.router.ensemble.merge.MergeRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads an ensemble from a caller's JSON; anything wrong is {@link FailureKind#INVALID_INPUT}. */
public final class RecipeReader {
    /** {@code missing} is what the router says of a recipe that it has; it is no part of the recipe. */
    private static final Set<String> FIELDS = Set.of(
            "name",
            "type",
            "description",
            "merge",
            "members",
            "quorum",
            "onMissing",
            "deadlineMs",
            "output",
            "labels",
            "missing");

    private static final int MAX_MEMBERS = 32;
    private static final int MAX_LABELS = 10_000;
    private static final int MAX_DESCRIPTION = 10_000;

    private final String name;
    private final JsonNode body;
    private final String type;
    private final MergeRule merge;

    private RecipeReader(String name, String defaultType, JsonNode body) {
        this.name = name;
        this.body = body;
        this.type = RecipeFields.text(body, "type", defaultType);
        this.merge = MergeRule.of(RecipeFields.requireText(body, "merge", MergeRule.words()))
                .orElseThrow(
                        () -> RecipeFields.invalid("merge must be one of " + String.join(", ", MergeRule.words())));
    }

    /**
     * The ensemble of this name.
     *
     * @param defaultType the model type if the body has no type
     */
    public static Ensemble read(String name, String defaultType, JsonNode body) {
        RecipeFields.requireKnown("the ensemble", body, FIELDS);
        return new RecipeReader(requireName(name, body), defaultType, body).ensemble();
    }

    /** @throws dev.foretell.commons.failure.ServingException {@link FailureKind#INVALID_INPUT} for a name that no ensemble may have */
    public static String requireName(String name) {
        if (!Names.isValid(name) || name.contains("..") || name.endsWith(".onnx")) {
            throw RecipeFields.invalid("the ensemble's name '" + NearestNames.abbreviate(name) + "' must be "
                    + Names.RULE + ", without '..', and not end in .onnx");
        }
        return name;
    }

    private static String requireName(String name, JsonNode body) {
        requireName(name);
        if (!RecipeFields.text(body, "name", name).equals(name)) {
            throw RecipeFields.invalid("the body's name must be the URL's, '" + name + "', or left out");
        }
        return name;
    }

    private Ensemble ensemble() {
        if (!Names.isValid(type) || type.equals(Hosting.TYPE)) {
            throw RecipeFields.invalid("type must be a name like AI, and not 'hosts'");
        }
        List<Member> members = members();
        OnMissing onMissing = onMissing();
        return new Ensemble(
                new Ensemble.Name(type, name),
                description(),
                merge,
                members,
                new Ensemble.Needed(quorum(members.size(), onMissing), onMissing),
                labels());
    }

    private String description() {
        String text = RecipeFields.text(body, "description", "");
        if (text.length() > MAX_DESCRIPTION) {
            throw RecipeFields.invalid("description is longer than " + MAX_DESCRIPTION + " characters");
        }
        return text;
    }

    private List<Member> members() {
        JsonNode given = body.path("members");
        if (!given.isArray() || given.isEmpty() || given.size() > MAX_MEMBERS) {
            throw RecipeFields.invalid("members must be an array of 1 to " + MAX_MEMBERS
                    + " models, such as [\"fib\", {\"model\": \"iris:2\", \"weight\": 3}]");
        }
        MemberReader reader = new MemberReader(type, merge, body);
        List<Member> members = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode each : given) {
            Member member = reader.read(each, members.size());
            if (!names.add(member.name())) {
                throw RecipeFields.invalid("two members have the name '" + member.name()
                        + "': give one of them another with \"name\", or NAME:=MODEL");
            }
            members.add(member);
        }
        return members;
    }

    private OnMissing onMissing() {
        String word = RecipeFields.text(body, "onMissing", OnMissing.REWEIGHT.word());
        OnMissing onMissing = OnMissing.of(word)
                .orElseThrow(
                        () -> RecipeFields.invalid("onMissing must be one of " + String.join(", ", OnMissing.words())));
        if (onMissing == OnMissing.FAIL && merge == MergeRule.FIRST) {
            throw RecipeFields.invalid(
                    "with \"merge\": \"first\", which needs one response, onMissing must be \"reweight\"");
        }
        return onMissing;
    }

    /** By default more than half of the members. */
    private int quorum(int members, OnMissing onMissing) {
        boolean isFixed = merge == MergeRule.FIRST || onMissing == OnMissing.FAIL;
        int fixed = merge == MergeRule.FIRST ? 1 : members;
        int quorum = RecipeFields.number(body, "quorum", isFixed ? fixed : members / 2 + 1, 1, Integer.MAX_VALUE);
        if (quorum > members) {
            throw RecipeFields.invalid(
                    "quorum is " + quorum + ", and there are only " + members + " members: it could never be reached");
        }
        if (isFixed && quorum != fixed) {
            throw RecipeFields.invalid(
                    merge == MergeRule.FIRST
                            ? "quorum must be 1 with merge first, or left out"
                            : "quorum must be all " + members + " members with onMissing fail, or left out");
        }
        return quorum;
    }

    private List<String> labels() {
        JsonNode given = body.path("labels");
        if (given.isMissingNode() || given.isNull() || (given.isArray() && given.isEmpty())) {
            return List.of();
        }
        if (merge != MergeRule.SOFT_VOTE) {
            throw RecipeFields.invalid("labels name the classes of softVote, and merge is " + merge.word());
        }
        List<String> labels = new ArrayList<>();
        given.forEach(label -> labels.add(label.textValue()));
        if (!given.isArray()
                || given.size() > MAX_LABELS
                || labels.contains(null)
                || new HashSet<>(labels).size() < labels.size()) {
            throw RecipeFields.invalid("labels must be an array of at most " + MAX_LABELS + " texts, no two the same");
        }
        return labels;
    }
}
