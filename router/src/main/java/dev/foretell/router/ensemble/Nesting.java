package dev.foretell.router.ensemble;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Checks ensembles as members of ensembles: no cycles, and bounds on depth and on the calls that one call becomes.
 *
 * @param byName all ensembles
 */
record Nesting(Map<String, Ensemble> byName) {
    private static final int MAX_DEPTH = 4;
    private static final int MAX_CALLS = 64;

    /**
     * Checks a changed ensemble against all ensembles after the change.
     *
     * @throws ServingException {@link FailureKind#INVALID_INPUT} naming the cycle, or the bound
     */
    void require(Ensemble changed) {
        byName.values().stream()
                .filter(one -> one.equals(changed) || reaches(one, changed, 0))
                .forEach(one -> {
                    int calls = calls(one, List.of());
                    if (calls > MAX_CALLS) {
                        throw invalid("a call of ensemble '" + one.name() + "' would become " + calls
                                + " calls of models, its members' members included; at most " + MAX_CALLS + " may be");
                    }
                });
    }

    private boolean reaches(Ensemble from, Ensemble wanted, int depth) {
        return depth <= MAX_DEPTH
                && members(from).anyMatch(member -> member.equals(wanted) || reaches(member, wanted, depth + 1));
    }

    /** The number of model calls that one call becomes. */
    private int calls(Ensemble ensemble, List<String> way) {
        List<String> here = new ArrayList<>(way);
        here.add(ensemble.name());
        if (way.contains(ensemble.name())) {
            throw invalid("the ensembles are members of each other in a cycle: " + String.join(" → ", here));
        }
        if (here.size() > MAX_DEPTH) {
            throw invalid("ensembles may be nested " + MAX_DEPTH + " deep, and these are deeper: "
                    + String.join(" → ", here));
        }
        int calls = 0;
        for (Member member : ensemble.members()) {
            calls += find(member).map(nested -> calls(nested, here)).orElse(1);
        }
        return calls;
    }

    /** @throws ServingException {@link FailureKind#CONFLICT} naming the ensembles that it is a member of */
    void requireNoMember(Ensemble going) {
        List<String> users = byName.values().stream()
                .filter(one -> members(one).anyMatch(going::equals))
                .map(one -> "'" + one.name() + "'")
                .toList();
        if (!users.isEmpty()) {
            throw new ServingException(
                    FailureKind.CONFLICT,
                    "ensemble '" + going.name() + "' is a member of " + String.join(", ", users)
                            + ": take it out there first");
        }
    }

    private Stream<Ensemble> members(Ensemble ensemble) {
        return ensemble.members().stream().map(this::find).flatMap(Optional::stream);
    }

    private Optional<Ensemble> find(Member member) {
        return Optional.ofNullable(byName.get(member.model()))
                .filter(nested -> nested.type().equals(member.type()));
    }

    private static ServingException invalid(String what) {
        return new ServingException(FailureKind.INVALID_INPUT, what);
    }
}
