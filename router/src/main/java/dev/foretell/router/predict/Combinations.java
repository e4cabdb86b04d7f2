package dev.foretell.router.predict;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.upstream.call.Response;
import dev.foretell.router.upstream.measure.CallTally;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** The names under which callers reach several models at once: the ensembles. Thread-safe; never waits. */
public interface Combinations {
    /** Where there are none. */
    Combinations NONE = (type, id) -> null;

    /**
     * What this id stands for; null where it is a model's, or nobody's.
     *
     * @throws dev.foretell.commons.failure.ServingException {@link FailureKind#STATE_STORE_UNAVAILABLE} where that cannot be
     *     read
     */
    @Nullable
    Combination find(String type, String id);

    /** Several models under one name. */
    interface Combination {
        ModelKey key();

        /** Where its calls are counted. */
        CallTally tally();

        /**
         * Answers a call with what its models answered; fails as calls of models do.
         *
         * @param models answers the calls of the models, on the same event loop
         */
        Future<Response> predict(PredictCall call, PredictService models);
    }
}
