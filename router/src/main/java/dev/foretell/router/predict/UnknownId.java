package dev.foretell.router.predict;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.NearestNames;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.predict.call.PredictFailure;
import dev.foretell.router.predict.call.WorkerRefusal;

/**
 * An id that is no model's, whose calls the only model of its type gets ({@code routing.unknown-model}). What that model's
 * function says of input that was meant for another would mislead, so the caller is told where the call went.
 */
final class UnknownId {
    private UnknownId() {}

    /** Whether a call names another model than the one that it went to, however it names the version. */
    static boolean isOne(PredictCall asked, ModelKey model) {
        String id = asked.modelId();
        String name = model.base().name();
        return !id.startsWith(name)
                || (id.length() > name.length() && id.charAt(name.length()) != ':' && !id.equals(model.name()));
    }

    /** The same failure; where the function refused the input or failed on it, with where the call went. */
    static Throwable explain(Throwable failure, PredictCall asked, ModelKey model) {
        boolean isFunctions = failure instanceof WorkerRefusal
                || (failure instanceof PredictFailure other && other.kind() == FailureKind.FUNCTION_FAILED);
        return isFunctions && !asked.type().equals(Hosting.TYPE)
                ? ((PredictFailure) failure).plus(where(asked, model))
                : failure;
    }

    private static String where(PredictCall asked, ModelKey model) {
        return "; there is no model '" + NearestNames.abbreviate(asked.modelId()) + "', and the call went to '"
                + model.base().name() + "', the only one of type " + model.type();
    }
}
