package dev.foretell.router.ensemble;

import java.util.HashSet;
import java.util.List;

/** The names of the classes of an ensemble with {@code softVote}: those of its recipe, or those that its members give. */
record ClassNames(Ensemble ensemble, List<MemberFit> members) {
    private static final int MAX_NAMED = 10;

    /**
     * Empty where neither the recipe nor a member names them. Members may have them in any order: responses are merged by name.
     *
     * @throws dev.foretell.commons.failure.ServingException where a member has other classes, or another number of them
     */
    List<String> require() {
        List<String> names = ensemble.labels().isEmpty() ? ofMembers() : ensemble.labels();
        if (!names.isEmpty()) {
            members.forEach(member -> require(member, names));
        }
        return names;
    }

    private List<String> ofMembers() {
        return members.stream()
                .map(MemberFit::classes)
                .filter(classes -> !classes.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static void require(MemberFit member, List<String> names) {
        List<String> own = member.classes();
        if (!own.isEmpty() && !new HashSet<>(own).equals(new HashSet<>(names))) {
            throw RecipeFields.invalid("member '" + member.member().name() + "' gives probabilities of "
                    + abbreviate(own) + ", and the classes of the ensemble are " + abbreviate(names)
                    + ": these cannot be merged");
        }
        long count = member.classCount();
        if (count > 0 && count != names.size()) {
            throw RecipeFields.invalid("member '" + member.member().name() + "' gives probabilities of " + count
                    + " classes, and the classes of the ensemble are " + abbreviate(names)
                    + ": these cannot be merged");
        }
    }

    private static String abbreviate(List<String> names) {
        return names.size() <= MAX_NAMED
                ? names.toString()
                : names.subList(0, MAX_NAMED) + " and " + (names.size() - MAX_NAMED) + " more";
    }
}
