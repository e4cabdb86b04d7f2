package dev.foretell.router.ensemble;

import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.TensorSpec;
import dev.foretell.router.ensemble.merge.MergeRule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks whether the known tensors of a member fit the rule and the other members. Unknown tensors fit. */
record MemberFit(Member member, MergeRule merge, ModelTensors known) {
    /** @throws dev.foretell.commons.failure.ServingException if the rule cannot merge its outputs */
    void requireOutputs() {
        if (known.outputs().isEmpty() || !merge.comparesResponses()) {
            return;
        }
        if (outputs().isEmpty()) {
            throw invalid("has no output '" + member.output() + "'; there are " + names(known.outputs()));
        }
        boolean takesText = merge == MergeRule.VOTE;
        outputs().stream()
                .filter(output -> !takesText && !isNumber(output))
                .findFirst()
                .ifPresent(output -> {
                    throw invalid("output " + output.name() + " is " + output.datatype() + ", and " + merge.word()
                            + " merges numbers" + hint());
                });
        if (merge == MergeRule.SOFT_VOTE && !givesProbabilities()) {
            throw invalid(
                    "gives " + describe(outputs()) + ", and softVote merges probabilities of several classes" + hint());
        }
    }

    private boolean givesProbabilities() {
        OutputChoice choice = choice();
        boolean isField = member.output() != null || known.form() == ModelTensors.Form.VALUE;
        return isField ? outputs().stream().allMatch(choice::isProbabilities) : choice.isObjectOfProbabilities();
    }

    private OutputChoice choice() {
        return new OutputChoice(merge, known);
    }

    /** Names of the classes whose probabilities are merged, in order; empty where they are not known. */
    List<String> classes() {
        return outputs().size() == 1
                ? known.classes().getOrDefault(outputs().get(0).name(), List.of())
                : List.of();
    }

    /** How many classes there are; not over 0 where that is not known. */
    long classCount() {
        List<Long> shape = outputs().size() == 1 ? outputs().get(0).shape() : List.of();
        return shape.isEmpty() ? 0 : shape.get(shape.size() - 1);
    }

    private String hint() {
        List<TensorSpec> fitting = choice().candidates();
        return known.outputs().size() > 1 && !fitting.isEmpty()
                ? "; choose one of " + names(fitting) + " with \"output\", or --output"
                : "";
    }

    /** @throws dev.foretell.commons.failure.ServingException if one body cannot fit both, or their outputs differ */
    void requireLike(MemberFit other) {
        requireLikeInputs(other);
        if (merge.comparesResponses()
                && !known.outputs().isEmpty()
                && !other.known().outputs().isEmpty()) {
            requireLikeOutputs(other);
        }
    }

    private void requireLikeInputs(MemberFit other) {
        List<TensorSpec> mine = known.inputs();
        List<TensorSpec> theirs = other.known().inputs();
        boolean share = mine.isEmpty() || theirs.isEmpty();
        for (TensorSpec input : mine) {
            Optional<TensorSpec> same = byName(theirs, input.name());
            share |= same.isPresent();
            same.filter(that -> !isLike(input, that)).ifPresent(that -> {
                throw invalid("takes " + describe(input) + ", and member '"
                        + other.member().name() + "' takes " + describe(that) + ": one body cannot be for both");
            });
        }
        if (!share) {
            throw invalid("takes " + names(mine) + ", and member '"
                    + other.member().name() + "' takes " + names(theirs) + ": one body cannot be for both");
        }
    }

    private void requireLikeOutputs(MemberFit other) {
        List<TensorSpec> mine = outputs();
        List<TensorSpec> theirs = other.outputs();
        boolean isAlike = mine.size() == theirs.size();
        for (int i = 0; isAlike && i < mine.size(); i++) {
            TensorSpec output = mine.get(i);
            Optional<TensorSpec> same = mine.size() == 1 ? Optional.of(theirs.get(0)) : byName(theirs, output.name());
            isAlike = same.filter(that -> isLike(output, that)).isPresent();
        }
        if (!isAlike) {
            throw invalid("gives " + describe(mine) + ", and member '"
                    + other.member().name() + "' gives " + describe(theirs) + ": these cannot be merged" + hint());
        }
    }

    private List<TensorSpec> outputs() {
        return member.output() == null
                ? known.outputs()
                : known.outputs().stream()
                        .filter(output -> output.name().equals(member.output()))
                        .toList();
    }

    private static Optional<TensorSpec> byName(List<TensorSpec> specs, String name) {
        return specs.stream().filter(spec -> spec.name().equals(name)).findFirst();
    }

    /** All number types fit each other; a variable dimension fits any. */
    private static boolean isLike(TensorSpec a, TensorSpec b) {
        if (rank(a) != rank(b) || (isNumber(a) != isNumber(b)) || (!isNumber(a) && a.datatype() != b.datatype())) {
            return false;
        }
        for (int i = 0; i < rank(a); i++) {
            long one = a.shape().get(i);
            long two = b.shape().get(i);
            if (one >= 0 && two >= 0 && one != two) {
                return false;
            }
        }
        return true;
    }

    private static int rank(TensorSpec spec) {
        return spec.shape().size();
    }

    private static boolean isNumber(TensorSpec spec) {
        return spec.datatype() != Datatype.BYTES && spec.datatype() != Datatype.BOOL;
    }

    private static String names(List<TensorSpec> specs) {
        return specs.stream().map(TensorSpec::name).toList().toString();
    }

    private static String describe(TensorSpec spec) {
        return spec.name() + " " + spec.datatype() + spec.shape();
    }

    private static String describe(List<TensorSpec> specs) {
        return specs.stream().map(MemberFit::describe).collect(Collectors.joining(", "));
    }

    private RuntimeException invalid(String what) {
        return RecipeFields.invalid("member '" + member.name() + "' " + what);
    }
}
