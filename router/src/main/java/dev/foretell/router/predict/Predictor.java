package dev.foretell.router.predict;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.admission.Admission;
import dev.foretell.router.admission.Permit;
import dev.foretell.router.batch.BatchConfig;
import dev.foretell.router.batch.Batcher;
import dev.foretell.router.cache.AnswerCaches;
import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.fallback.Fallbacks;
import dev.foretell.router.retry.Retrier;
import dev.foretell.router.upstream.Answer;
import dev.foretell.router.upstream.AttemptFailure;
import dev.foretell.router.upstream.EndpointPool;
import dev.foretell.router.upstream.EndpointPools;
import dev.foretell.router.upstream.WorkerClient;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * The whole story of a predict call: choose the version, find its pool, look whether its answer is known, get leave to enter, join it with others
 * where its model allows, try workers until one answers, count the answer.
 * Each event loop has one.
 */
public final class Predictor {
    private final Traffic traffic;
    private final EndpointPools pools;
    private final Admission admission;
    private final AnswerNotes notes;
    private final Outcomes outcomes;
    private final Delivery delivery;
    private final Batches batches;
    private final @Nullable CachedAnswers cached;

    /** @param timers of the event loop that it is for */
    public Predictor(
            Traffic traffic,
            EndpointPools pools,
            Admission admission,
            Retrier retrier,
            WorkerClient workers,
            Hedges hedges,
            RequestCounts counts,
            Outcomes outcomes,
            BatchConfig batch,
            Batcher.Timers timers,
            @Nullable AnswerCaches caches,
            @Nullable Fallbacks fallbacks) {
        this.traffic = traffic;
        this.pools = pools;
        this.admission = admission;
        this.notes = new AnswerNotes(counts, fallbacks);
        this.outcomes = outcomes;
        this.delivery = new Delivery(retrier, workers, hedges, timers, System::nanoTime);
        BatchDelivery together = new BatchDelivery(delivery, retrier, workers, System::nanoTime);
        this.batches = new Batches(batch, pools, together, timers, System::nanoTime);
        this.cached = caches == null ? null : new CachedAnswers(caches, counts, outcomes);
    }

    boolean keepsAnswers() {
        return cached != null;
    }

    /** Joins calls by other settings from now on; to be called on its own event loop. */
    public void adopt(BatchConfig batch) {
        batches.adopt(batch);
    }

    /**
     * Answers a call with what a worker said, now or before, below status 400.
     *
     * @throws ServingException {@link FailureKind#MODEL_NOT_FOUND}, before anything is started; later failures, in the future,
     *     are {@link PredictFailure}s, a worker's own 4xx a {@link WorkerRefusal}
     */
    public Future<Answer> predict(PredictCall asked) {
        PredictCall call = traffic.direct(asked);
        Traffic.Watch watch = traffic.watch(call, call != asked);
        Future<Answer> answer = directed(call);
        return watch == null
                ? answer
                : answer.onSuccess(said -> watch.answered(said, this::copied)).onFailure(watch::failed);
    }

    private Future<Answer> directed(PredictCall call) {
        EndpointPool pool = pools.require(call.type(), call.modelId());
        call.abort().cameTo(pool.model(), pool.tally().calls());
        RouteTrace trace = call.trace();
        if (trace != null) {
            trace.arrived(pool, call);
        }
        return cached == null ? byWorkers(pool, call) : cached.answer(pool, call, this::byWorkers);
    }

    private Future<Answer> byWorkers(EndpointPool pool, PredictCall call) {
        return entering(pool, call).map(said -> answered(pool, call, said));
    }

    /** A copy, which no caller waits for: it is counted nowhere, and no later call is answered with what it got. */
    private Future<Answer> copied(PredictCall call) {
        EndpointPool pool = pools.require(call.type(), call.modelId());
        return entering(pool, call).map(said -> said.accepted(pool.model()));
    }

    private Future<Delivered> entering(EndpointPool pool, PredictCall call) {
        Permit atOnce = call.abort().reason() == null ? admission.enter(pool.model()) : null;
        return atOnce != null
                ? admitted(pool, call, atOnce)
                : permit(pool, call).compose(permit -> admitted(pool, call, permit));
    }

    private Answer answered(EndpointPool pool, PredictCall call, Delivered said) {
        notes.answered(pool.model(), call, said.answer());
        Answer accepted = said.accepted(pool.model());
        outcomes.answered(pool, call, accepted.rest());
        return accepted;
    }

    /** A call that was broken off while its body was read does not queue. */
    private Future<Permit> permit(EndpointPool pool, PredictCall call) {
        AttemptFailure.Reason aborted = call.abort().reason();
        Future<Permit> permit = aborted == null
                ? admission.acquire(pool.model(), call)
                : Future.failedFuture(new AttemptFailure(aborted, null));
        return permit.recover(failure -> Future.failedFuture(untried(pool, failure)));
    }

    private static Throwable untried(EndpointPool pool, Throwable failure) {
        return failure instanceof ServingException serving
                ? new PredictFailure(serving, pool.model().toString(), 0)
                : failure;
    }

    private Future<Delivered> admitted(EndpointPool pool, PredictCall call, Permit permit) {
        return delivered(pool, call).onComplete(done -> PermitReturn.after(permit, call, done));
    }

    /** Throws nothing: a permit is held by now. */
    private Future<Delivered> delivered(EndpointPool pool, PredictCall call) {
        try {
            RouteTrace trace = call.trace();
            if (trace != null) {
                trace.admitted(pool, call);
            }
            Future<Delivered> joined = batches.join(pool, call);
            return joined == null ? delivery.singly(pool, call) : joined;
        } catch (RuntimeException bug) {
            return Future.failedFuture(bug);
        }
    }
}
