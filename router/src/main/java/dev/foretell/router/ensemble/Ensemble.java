package dev.foretell.router.ensemble;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.ensemble.merge.MergeRule;
import java.util.List;

/**
 * A recipe: which models are called, and how their responses become one. Immutable; its JSON form is what the store keeps.
 *
 * @param quorum how many members must give a response that can be merged
 * @param labels names of the classes, for {@link MergeRule#SOFT_VOTE} over probabilities without names; empty for none
 */
public record Ensemble(
        String type,
        String name,
        String description,
        MergeRule merge,
        List<Member> members,
        int quorum,
        OnMissing onMissing,
        List<String> labels) {
    public Ensemble {
        members = List.copyOf(members);
        labels = List.copyOf(labels);
    }

    @JsonIgnore
    public ModelKey key() {
        return new ModelKey(type, name);
    }

    /** How many members may be missing. */
    @JsonIgnore
    public int spare() {
        return onMissing == OnMissing.FAIL ? 0 : members.size() - quorum;
    }
}
