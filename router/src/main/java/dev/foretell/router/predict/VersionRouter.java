package dev.foretell.router.predict;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.upstream.call.Response;
import io.vertx.core.Future;
import java.util.function.Function;

/** Chooses the version of a registered model for a call. Thread-safe; never waits. */
public interface VersionRouter {
    /** No model is registered. */
    VersionRouter NONE = new VersionRouter() {
        @Override
        public PredictCall direct(PredictCall call) {
            return call;
        }

        @Override
        public Watch watch(PredictCall call, boolean directed) {
            return Watch.NONE;
        }
    };

    /**
     * Routes a call to a version of its model; a call to an unregistered model stays unchanged.
     *
     * @throws dev.foretell.commons.failure.ServingException {@link FailureKind#NO_WORKER} if no version gets calls
     */
    PredictCall direct(PredictCall call);

    /**
     * The watch over a call; {@link Watch#NONE} if the call is not for a version.
     *
     * @param directed whether this router chose the version, rather than the caller
     */
    Watch watch(PredictCall call, boolean directed);

    /** Receives the outcome of a call, once. */
    interface Watch {
        /** Nobody. */
        Watch NONE = new Watch() {
            @Override
            public Future<Response> follow(
                    Future<Response> outcome, Function<PredictCall, Future<Response>> predictor) {
                return outcome;
            }

            @Override
            public void onResponse(Response response, Function<PredictCall, Future<Response>> predictor) {}

            @Override
            public void onFailure(Throwable failure) {}
        };

        /** The outcome, after this watch has received it. */
        default Future<Response> follow(Future<Response> outcome, Function<PredictCall, Future<Response>> predictor) {
            return outcome.onSuccess(response -> onResponse(response, predictor))
                    .onFailure(this::onFailure);
        }

        /** @param predictor the predictor of the same event loop, for the shadow of the call */
        void onResponse(Response response, Function<PredictCall, Future<Response>> predictor);

        void onFailure(Throwable failure);
    }
}
