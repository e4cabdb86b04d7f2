package dev.foretell.router.predict;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.upstream.call.Response;
import dev.foretell.router.upstream.measure.CallTally;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Finds ensembles by the names that callers use. Thread-safe; never waits. */
public interface EnsembleLookup {
    /** Without ensembles. */
    EnsembleLookup NONE = (type, id) -> null;

    /**
     * The ensemble of this id; null if there is none.
     *
     * @throws dev.foretell.commons.failure.ServingException {@link FailureKind#STATE_STORE_UNAVAILABLE} if the ensembles
     *     cannot be read
     */
    @Nullable
    CallableEnsemble find(String type, String id);

    /** An ensemble as the predict path calls it. */
    interface CallableEnsemble {
        ModelKey key();

        /** The counts of its calls. */
        CallTally tally();

        /**
         * Merges the responses of its members to a call into one; fails like calls of models.
         *
         * @param models calls the members, on the same event loop
         */
        Future<Response> predict(PredictCall call, PredictService models);
    }
}
