package dev.foretell.router.predict;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.fallback.Fallback;
import dev.foretell.router.fallback.Fallbacks;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.predict.call.WorkerRefusal;
import dev.foretell.router.upstream.call.Response;
import dev.foretell.router.upstream.call.ResponseStream;
import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.router.upstream.measure.CallTally;
import dev.foretell.router.upstream.pool.EndpointPool;

/**
 * Records a worker's response: it is counted, and may become a fallback or cached response. Shared by all event loops.
 */
public record Recorder(RequestCounts counts, Outcomes outcomes, Fallbacks fallbacks) {
    /**
     * Records a worker's response to a caller.
     *
     * @throws WorkerRefusal if it is a refusal (4xx)
     */
    Response record(EndpointPool pool, PredictCall call, WorkerResponse response) {
        count(pool.model(), call, response);
        Response accepted = WorkerRefusal.requireNone(response, pool.model(), call);
        outcomes.recordResponse(pool, call, accepted.rest());
        return accepted;
    }

    /** Records that a caller got the response of an ensemble. */
    void recordEnsemble(ModelKey ensemble, CallTally tally, PredictCall call) {
        counts.countEnsemble(ensemble);
        outcomes.recordEnsemble(tally, call);
    }

    /** A stream counts at its end, unless its worker broke it off or its function failed. */
    private void count(ModelKey model, PredictCall call, WorkerResponse response) {
        ResponseStream rest = response.rest();
        if (rest == null) {
            counts.countResponse(model, call.modelId(), response.worker());
            keep(model, call, response);
        } else {
            rest.onEnd(end -> {
                if (end != ResponseStream.End.BROKEN_OFF && end != ResponseStream.End.FUNCTION_FAILED) {
                    counts.countResponse(model, call.modelId(), response.worker());
                }
            });
        }
    }

    private void keep(ModelKey model, PredictCall call, WorkerResponse response) {
        Fallback fallback = fallbacks.isEmpty() || !call.options().isUsual() ? null : fallbacks.of(model);
        if (fallback != null) {
            fallback.record(model.isVersion() ? model.base().name() : call.modelId(), call.data(), response);
        }
    }
}
