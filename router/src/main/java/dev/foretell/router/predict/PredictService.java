package dev.foretell.router.predict;

import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.time.Deadline;
import dev.foretell.router.predict.call.CallContext;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.predict.spans.CallTracer;
import dev.foretell.router.upstream.call.Response;
import dev.foretell.router.upstream.measure.CallTally;
import dev.foretell.router.upstream.pool.EndpointPools;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** The response for a caller: the model's in time, or a fallback. Each event loop has one. */
public final class PredictService {
    private final Predictor predictor;
    private final Deadlines deadlines;
    private final Outcomes outcomes;
    private final FallbackStage fallbacks;
    private final EnsembleLookup ensembles;
    private final Recorder recorder;
    private final CallTracer tracer;

    public PredictService(
            Predictor predictor,
            Deadlines deadlines,
            EndpointPools pools,
            Recorder recorder,
            EnsembleLookup ensembles,
            CallTracer tracer) {
        this.tracer = tracer;
        this.ensembles = ensembles;
        this.recorder = recorder;
        this.predictor = predictor;
        this.deadlines = deadlines;
        this.outcomes = recorder.outcomes();
        this.fallbacks = new FallbackStage(recorder.fallbacks(), pools, predictor, deadlines, recorder.counts());
    }

    /** Whether any response is cached, so that a caller's refusal of cached responses matters. */
    public boolean cacheEnabled() {
        return predictor.cacheEnabled();
    }

    /** The deadlines of this event loop. */
    public Deadlines deadlines() {
        return deadlines;
    }

    /**
     * The deadline of a call that arrives now.
     *
     * @throws ServingException like {@link Deadlines#of}
     */
    public Deadline deadline(@Nullable String wishMillis) {
        return deadlines.of(wishMillis);
    }

    /**
     * Answers a call by its deadline.
     *
     * @param arriving completes when the call has been read
     */
    public Future<Response> answer(CallContext context, Future<PredictCall> arriving) {
        context.startSpans(tracer);
        Future<Response> outcome = outcome(context, arriving);
        context.spans().follow(outcome, context);
        return outcome;
    }

    private Future<Response> outcome(CallContext context, Future<PredictCall> arriving) {
        Future<Response> response = arriving.compose(this::predict);
        return fallbacks.areNone()
                ? deadlines.within(context, response, outcomes)
                : deadlines.within(context, response).recover(failure -> insteadOf(context, arriving, failure));
    }

    private Future<Response> predict(PredictCall call) {
        EnsembleLookup.CallableEnsemble ensemble = ensembles.find(call.type(), call.modelId());
        return ensemble == null ? predictor.predict(call) : predict(call, ensemble);
    }

    private Future<Response> predict(PredictCall call, EnsembleLookup.CallableEnsemble ensemble) {
        ModelKey key = ensemble.key();
        CallTally tally = ensemble.tally();
        call.context().setModel(key, tally);
        return ensemble.predict(call, this).onSuccess(response -> recorder.recordEnsemble(key, tally, call));
    }

    /** Whether this id names an ensemble. Its members need the whole body, so it cannot be a stream. */
    public boolean isEnsemble(String type, String id) {
        return ensembles.find(type, id) != null;
    }

    private Future<Response> insteadOf(CallContext context, Future<PredictCall> arriving, Throwable failure) {
        CallTally failed = context.tally();
        return fallbacks
                .insteadOf(ofModel(arriving.result()), failure)
                .onSuccess(standIn -> outcomes.fellBack(failed, context))
                .onFailure(none -> outcomes.recordFailure(context, failure));
    }

    /** Ensembles have no fallback. */
    private @Nullable PredictCall ofModel(@Nullable PredictCall call) {
        return call == null || isEnsemble(call.type(), call.modelId()) ? null : call;
    }
}
