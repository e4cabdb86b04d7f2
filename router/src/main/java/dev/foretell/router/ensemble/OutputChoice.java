package dev.foretell.router.ensemble;

import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.TensorSpec;
import dev.foretell.router.ensemble.merge.MergeRule;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Which outputs of a model a rule can merge, and the one that is merged where the recipe does not say and only one can be. */
record OutputChoice(MergeRule merge, ModelTensors known) {
    private static final Set<Datatype> FRACTIONS =
            EnumSet.of(Datatype.FP16, Datatype.BF16, Datatype.FP32, Datatype.FP64);

    /** The member with its output: of a classifier, {@code vote} counts the labels, and {@code softVote} the probabilities. */
    Member of(Member member) {
        List<TensorSpec> fitting = candidates();
        boolean isOpen = member.output() == null && known.form() != ModelTensors.Form.VALUE;
        boolean isVote = merge == MergeRule.VOTE && known.outputs().size() > 1;
        return isOpen && (isVote || merge == MergeRule.SOFT_VOTE) && fitting.size() == 1
                ? member.withOutput(fitting.get(0).name())
                : member;
    }

    /** For {@code vote} the labels, for {@code softVote} the probabilities, for all others everything. */
    List<TensorSpec> candidates() {
        return switch (merge) {
            case VOTE -> outputs(output -> !isFraction(output));
            case SOFT_VOTE -> outputs(this::isProbabilities);
            case MEAN, WEIGHTED, MEDIAN, MIN, MAX, FIRST, ALL -> known.outputs();
        };
    }

    private List<TensorSpec> outputs(Predicate<TensorSpec> rule) {
        return known.outputs().stream().filter(rule).toList();
    }

    /** Whether it can have a probability for each of several classes. */
    boolean isProbabilities(TensorSpec output) {
        List<Long> shape = output.shape();
        int rows = known.form() == ModelTensors.Form.ROWS ? 1 : 0;
        return isFraction(output) && shape.size() > rows && shape.get(shape.size() - 1) != 1;
    }

    /** Whether the whole response can be an object with a probability by the name of each class. */
    boolean isObjectOfProbabilities() {
        return known.form() == ModelTensors.Form.FIELDS
                && known.outputs().size() > 1
                && known.outputs().stream()
                        .allMatch(output -> isFraction(output) && output.shape().isEmpty());
    }

    private static boolean isFraction(TensorSpec output) {
        return FRACTIONS.contains(output.datatype());
    }
}
