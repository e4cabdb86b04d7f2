package dev.foretell.router.predict;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.upstream.call.Response;
import io.vertx.core.Future;
import java.util.function.Function;

/** Which version of a registered model a call goes to. Thread-safe; never waits. */
public interface VersionRouter {
    /** Where no model is registered. */
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
     * The call as it is to go on: to a version of its model, or as it is, where it is for none that is registered.
     *
     * @throws dev.foretell.commons.failure.ServingException {@link FailureKind#NO_WORKER} where no version takes calls
     */
    PredictCall direct(PredictCall call);

    /**
     * Who wants to know what comes of a call; {@link Watch#NONE} where it is for no version.
     *
     * @param directed whether it was directed there, rather than asked for by the version's number
     */
    Watch watch(PredictCall call, boolean directed);

    /** Told once how a call went. */
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

        /** The outcome, once this was told of it. */
        default Future<Response> follow(Future<Response> outcome, Function<PredictCall, Future<Response>> predictor) {
            return outcome.onSuccess(response -> onResponse(response, predictor))
                    .onFailure(this::onFailure);
        }

        /** @param predictor of the same event loop, for copies of the call */
        void onResponse(Response response, Function<PredictCall, Future<Response>> predictor);

        void onFailure(Throwable failure);
    }
}
