package dev.foretell.router.ensemble;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.tensor.TensorSpec;
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
        Tensors find(String id);
    }

    /** The inputs and outputs of a model; empty lists if they are unknown. */
    public record Tensors(List<TensorSpec> inputs, List<TensorSpec> outputs) {
        public Tensors {
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
        }
    }

    /**
     * Returns the ensemble it was given.
     *
     * @throws ServingException {@link FailureKind#CONFLICT} if its name is taken; {@link FailureKind#INVALID_INPUT} if a member
     *     does not exist or does not fit
     */
    public Ensemble require(Ensemble ensemble) {
        if (isModel.test(ensemble.key())) {
            throw new ServingException(
                    FailureKind.CONFLICT,
                    "there is a model '" + ensemble.name() + "' of type " + ensemble.type()
                            + " already: give the ensemble another name, or another type");
        }
        List<MemberFit> before = new ArrayList<>();
        for (Member member : ensemble.members()) {
            MemberFit fit = new MemberFit(member, ensemble.merge(), find(ensemble, member));
            fit.requireOutputs();
            before.forEach(fit::requireLike);
            before.add(fit);
        }
        return ensemble;
    }

    private Tensors find(Ensemble ensemble, Member member) {
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
