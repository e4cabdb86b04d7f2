package dev.foretell.router.predict;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.admission.Admission;
import dev.foretell.router.admission.Permit;
import dev.foretell.router.batch.BatchConfig;
import dev.foretell.router.upstream.Answer;
import dev.foretell.router.upstream.AttemptFailure;
import dev.foretell.router.upstream.EndpointPool;
import dev.foretell.router.upstream.EndpointPools;
import io.vertx.core.Future;

/**
 * The whole story of a predict call: route it to the version and the workers that serve it, look whether its answer is known,
 * admit it, dispatch it to a worker, alone or with others, and record the answer. Each event loop has one.
 */
public final class Predictor {
    private final Traffic traffic;
    private final EndpointPools pools;
    private final CachedAnswers cache;
    private final Admission admission;
    private final Batches batches;
    private final Recorder recorder;

    public Predictor(
            Traffic traffic,
            EndpointPools pools,
            CachedAnswers cache,
            Admission admission,
            Batches batches,
            Recorder recorder) {
        this.traffic = traffic;
        this.pools = pools;
        this.cache = cache;
        this.admission = admission;
        this.batches = batches;
        this.recorder = recorder;
    }

    boolean keepsAnswers() {
        return !cache.caches().isEmpty();
    }

    /** Joins calls by other settings from now on; to be called on its own event loop. */
    public void adopt(BatchConfig batch) {
        batches.adopt(batch);
    }

    /**
     * Answers a call with what a worker answered, now or before, below status 400.
     *
     * @throws ServingException {@link FailureKind#MODEL_NOT_FOUND}, before anything is started; later failures, in the future,
     *     are {@link PredictFailure}s, a worker's own 4xx a {@link WorkerRefusal}
     */
    public Future<Answer> predict(PredictCall asked) {
        PredictCall call = traffic.direct(asked);
        Traffic.Watch watch = traffic.watch(call, call != asked);
        EndpointPool pool = route(call);
        Future<Answer> answer = cache.answer(pool, call, this::answer);
        return watch == null
                ? answer
                : answer.onSuccess(given -> watch.answered(given, this::answerCopy))
                        .onFailure(watch::failed);
    }

    private EndpointPool route(PredictCall call) {
        EndpointPool pool = pools.require(call.type(), call.modelId());
        call.abort().cameTo(pool.model(), pool.tally().calls());
        call.trace().arrived(pool, call);
        return pool;
    }

    private Future<Answer> answer(EndpointPool pool, PredictCall call) {
        return admit(pool, call).map(delivered -> recorder.record(pool, call, delivered));
    }

    /** A copy, which no caller waits for: it is counted nowhere, and no later call is answered with what it got. */
    private Future<Answer> answerCopy(PredictCall call) {
        EndpointPool pool = pools.require(call.type(), call.modelId());
        return admit(pool, call).map(delivered -> delivered.accepted(pool.model()));
    }

    /** Nearly every call is admitted at once, without a future to wait for; one broken off while its body was read is not. */
    private Future<Delivered> admit(EndpointPool pool, PredictCall call) {
        AttemptFailure.Reason aborted = call.abort().reason();
        if (aborted != null) {
            return Future.failedFuture(PredictFailure.untried(new AttemptFailure(aborted, null), pool.model()));
        }
        Permit permit = admission.enter(pool.model());
        return permit != null
                ? dispatch(pool, call, permit)
                : admission
                        .acquire(pool.model(), call)
                        .recover(shed -> Future.failedFuture(PredictFailure.untried(shed, pool.model())))
                        .compose(waited -> dispatch(pool, call, waited));
    }

    private Future<Delivered> dispatch(EndpointPool pool, PredictCall call, Permit permit) {
        return batches.deliver(pool, call).onComplete(done -> PermitReturn.after(permit, call, done));
    }
}
