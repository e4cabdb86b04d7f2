package dev.foretell.router.predict;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.fallback.FailedCall;
import dev.foretell.router.fallback.Fallback;
import dev.foretell.router.fallback.FallbackReason;
import dev.foretell.router.fallback.FallbackResponse;
import dev.foretell.router.fallback.Fallbacks;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.predict.call.RouteTrace;
import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.call.Response;
import dev.foretell.router.upstream.pool.EndpointPools;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Returns the fallback response if the model gives none. Each event loop has one. */
record FallbackStage(
        Fallbacks fallbacks, EndpointPools pools, Predictor predictor, Deadlines deadlines, RequestCounts counts) {
    /** Whether no model has a fallback. */
    boolean areNone() {
        return fallbacks.isEmpty();
    }

    /**
     * The fallback response, or the original failure if there is none: it is the caller's own, the caller has left, or
     * the call is unusual (not JSON to JSON).
     *
     * @param call null if the call failed before it was read
     */
    Future<Response> insteadOf(@Nullable PredictCall call, Throwable failure) {
        FallbackReason reason = FallbackReason.of(failure);
        if (call == null
                || !call.options().isUsual()
                || reason == null
                || call.cancellation().reason() == AttemptFailure.Reason.CANCELLED) {
            return Future.failedFuture(failure);
        }
        return Future.succeededFuture(call)
                .map(one -> pools.modelOf(one.type(), one.modelId()))
                .compose(model -> insteadOf(model, call, reason))
                .recover(none -> Future.failedFuture(failure));
    }

    private Future<Response> insteadOf(ModelKey model, PredictCall call, FallbackReason reason) {
        Fallback fallback = fallbacks.of(model);
        RouteTrace trace = call.trace();
        return fallback == null
                ? Future.failedFuture("the model has no fallback")
                : fallback.insteadOf(new Failed(model, call, reason))
                        .onSuccess(response -> note(model, call, trace, fallback.kind(), reason))
                        .map(response -> FallbackResponse.of(response, fallback.kind(), reason));
    }

    private void note(ModelKey model, PredictCall call, RouteTrace trace, String kind, FallbackReason reason) {
        counts.fellBack(model, call.modelId(), reason.toString());
        trace.onFallback(kind, reason.toString());
    }

    /** The view of a failed call for fallbacks. */
    private final class Failed implements FailedCall {
        private final ModelKey model;
        private final PredictCall call;
        private final FallbackReason reason;

        private Failed(ModelKey model, PredictCall call, FallbackReason reason) {
            this.model = model;
            this.call = call;
            this.reason = reason;
        }

        /** Versions of one model can be fallbacks of each other. */
        @Override
        public String modelId() {
            return pools.find(model).isPresent() ? call.modelId() : model.name();
        }

        @Override
        public Buffer data() {
            return call.data();
        }

        @Override
        public FallbackReason reason() {
            return reason;
        }

        /** Uses the predictor directly, so that there are no chains, and never the failed model under another name. */
        @Override
        public Future<Response> callOther(String model) {
            if (!pools.serves(new ModelKey(call.type(), model))) {
                return Future.failedFuture("no such model is registered");
            }
            Future<Response> response =
                    Future.succeededFuture(call.elsewhere(model)).compose(predictor::predict);
            return deadlines.within(call.context(), response);
        }
    }
}
