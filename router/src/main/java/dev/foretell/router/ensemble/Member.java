package dev.foretell.router.ensemble;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import org.jspecify.annotations.Nullable;

/**
 * A member of an ensemble: a model, a version of one, a function, or another ensemble.
 *
 * @param name in the ensemble's responses; unique in the ensemble
 * @param model the model id of its calls: {@code fib}, {@code iris:2}, {@code iris:prod}
 * @param weight over 0; 1 by default
 * @param deadlineMs its deadline in milliseconds; 0 for nine tenths of the time that the call has left
 * @param output the field of its response that is merged; null for the whole response
 */
public record Member(
        String name,
        String type,
        String model,
        double weight,
        long deadlineMs,
        @Nullable String output) {
    Member withOutput(String other) {
        return new Member(name, type, model, weight, deadlineMs, other);
    }

    /** {@code AI/iris:2}. */
    public String id() {
        return type + "/" + model;
    }

    /**
     * Checks the model that responded: a router sends unknown ids to the only model of a type.
     *
     * @throws ServingException {@link FailureKind#MODEL_NOT_FOUND} if another model responded
     */
    public void requireSame(@Nullable ModelKey answered) {
        int colon = model.indexOf(':');
        String base = colon < 0 ? model : model.substring(0, colon);
        if (answered == null || !answered.base().name().equals(base)) {
            throw new ServingException(
                    FailureKind.MODEL_NOT_FOUND, "no model '" + model + "' of type " + type + " is there any more");
        }
    }
}
