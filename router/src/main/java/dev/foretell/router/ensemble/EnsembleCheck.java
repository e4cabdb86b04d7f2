package dev.foretell.router.ensemble;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.ensemble.merge.MergeRule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Checks an ensemble when it is created, beyond its recipe: its name is free, its members exist, and their known inputs and
 * outputs fit together. Thread-safe.
 *
 * @param isModel whether a function or a registered model has this name
 * @param models the known tensors of models
 */
public record EnsembleCheck(Predicate<ModelKey> isModel, KnownModels models) {
    /** The known inputs and outputs of the existing models. */
    public interface KnownModels {
        /**
         * The inputs and outputs of a model with a name like {@code AI/iris:2}.
         *
         * @throws ServingException {@link FailureKind#MODEL_NOT_FOUND} naming the nearest ones
         */
        ModelTensors find(String id);

        /** Whether there is a model of such a name now. */
        boolean has(String id);
    }

    /** The names of the members whose models are not there any more. */
    public List<String> missing(Ensemble ensemble) {
        return ensemble.members().stream()
                .filter(member -> !models.has(member.id()))
                .map(Member::name)
                .toList();
    }

    /** @throws ServingException {@link FailureKind#CONFLICT} if a model has the name */
    public void requireFree(ModelKey name) {
        if (isModel.test(name)) {
            throw new ServingException(
                    FailureKind.CONFLICT,
                    "there is a model '" + name.name() + "' of type " + name.type()
                            + " already: give the ensemble another name, or another type");
        }
    }

    /**
     * Returns the ensemble with what is known of its members: the only output of each that its rule can merge, and the names of the
     * classes.
     *
     * @throws ServingException {@link FailureKind#CONFLICT} if its name is taken; {@link FailureKind#INVALID_INPUT} if a member
     *     does not exist or does not fit
     */
    public Ensemble require(Ensemble ensemble) {
        requireFree(ensemble.key());
        List<MemberFit> fits = new ArrayList<>();
        for (Member member : ensemble.members()) {
            ModelTensors known = find(ensemble, member);
            Member chosen = new OutputChoice(ensemble.merge(), known).of(member);
            MemberFit fit = new MemberFit(chosen, ensemble.merge(), known);
            fit.requireOutputs();
            fits.forEach(fit::requireLike);
            fits.add(fit);
        }
        List<String> labels =
                ensemble.merge() == MergeRule.SOFT_VOTE ? new ClassNames(ensemble, fits).require() : ensemble.labels();
        return ensemble.with(fits.stream().map(MemberFit::member).toList(), labels);
    }

    private ModelTensors find(Ensemble ensemble, Member member) {
        if (member.id().equals(ensemble.key().toString())) {
            throw RecipeFields.invalid("an ensemble cannot be a member of itself");
        }
        try {
            return models.find(member.id());
        } catch (ServingException e) {
            throw e.kind() == FailureKind.MODEL_NOT_FOUND
                    ? RecipeFields.invalid("member '" + member.name() + "': " + e.detail())
                    : e;
        }
    }
}
