package dev.foretell.router.ensemble;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.ensemble.merge.MergeRule;
import java.util.List;

/**
 * A recipe: which models are called, and how their responses become one. Immutable; its JSON form, in which the groups are flat,
 * is what the store keeps.
 *
 * @param labels names of the classes, for {@link MergeRule#SOFT_VOTE} over probabilities without names; may be empty
 */
public record Ensemble(
        @JsonUnwrapped Name id,
        String description,
        MergeRule merge,
        List<Member> members,
        @JsonUnwrapped Needed needed,
        List<String> labels) {
    /** What calls ask for. */
    public record Name(String type, String name) {}

    /**
     * How many members a response needs.
     *
     * @param quorum how many members must give a response that can be merged
     */
    public record Needed(int quorum, OnMissing onMissing) {}

    public Ensemble {
        members = List.copyOf(members);
        labels = List.copyOf(labels);
    }

    public String type() {
        return id.type();
    }

    public String name() {
        return id.name();
    }

    Ensemble with(List<Member> others, List<String> classes) {
        return new Ensemble(id, description, merge, others, needed, classes);
    }

    public ModelKey key() {
        return new ModelKey(type(), name());
    }

    /** How many members may be missing. */
    public int spare() {
        return needed.onMissing() == OnMissing.FAIL ? 0 : members.size() - needed.quorum();
    }
}
