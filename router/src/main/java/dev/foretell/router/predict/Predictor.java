package dev.foretell.router.predict;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.admission.Admission;
import dev.foretell.router.admission.Permit;
import dev.foretell.router.batch.BatchConfig;
import dev.foretell.router.batch.Batcher;
import dev.foretell.router.cache.AnswerCaches;
import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.fallback.Fallback;
import dev.foretell.router.fallback.Fallbacks;
import dev.foretell.router.retry.Retrier;
import dev.foretell.router.upstream.Answer;
import dev.foretell.router.upstream.AnswerStream;
import dev.foretell.router.upstream.AttemptFailure;
import dev.foretell.router.upstream.EndpointPool;
import dev.foretell.router.upstream.EndpointPools;
import dev.foretell.router.upstream.WorkerAnswer;
import dev.foretell.router.upstream.WorkerClient;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * The whole story of a predict call: find its pool, look whether its answer is known, get leave to enter, join it with others
 * where its model allows, try workers until one answers, count the answer.
 * Each event loop has one.
 */
public final class Predictor {
    private final EndpointPools pools;
    private final Admission admission;
    private final RequestCounts counts;
    private final Delivery delivery;
    private final Batches batches;
    private final @Nullable CachedAnswers cached;
    private final @Nullable Fallbacks fallbacks;

    /** @param timers of the event loop that it is for */
    public Predictor(
            EndpointPools pools,
            Admission admission,
            Retrier retrier,
            WorkerClient workers,
            Hedges hedges,
            RequestCounts counts,
            BatchConfig batch,
            Batcher.Timers timers,
            @Nullable AnswerCaches caches,
            @Nullable Fallbacks fallbacks) {
        this.pools = pools;
        this.admission = admission;
        this.counts = counts;
        this.delivery = new Delivery(retrier, workers, hedges, timers, System::nanoTime);
        BatchDelivery together = new BatchDelivery(delivery, retrier, workers, System::nanoTime);
        this.batches = new Batches(batch, pools, together, timers, System::nanoTime);
        this.cached = caches == null ? null : new CachedAnswers(caches, counts);
        this.fallbacks = fallbacks;
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
    public Future<Answer> predict(PredictCall call) {
        EndpointPool pool = pools.require(call.type(), call.modelId());
        RouteTrace trace = call.trace();
        if (trace != null) {
            trace.arrived(pool, call);
        }
        return cached == null ? byWorkers(pool, call) : cached.answer(pool, call, this::byWorkers);
    }

    private Future<Answer> byWorkers(EndpointPool pool, PredictCall call) {
        return permit(pool, call)
                .compose(permit -> admitted(pool, call, permit))
                .onSuccess(said -> answered(pool, call, said.answer()))
                .map(said -> said.accepted(pool.model()));
    }

    /** A stream counts when it ends, unless its worker broke it off. */
    private void answered(EndpointPool pool, PredictCall call, WorkerAnswer answer) {
        AnswerStream rest = answer.rest();
        if (rest == null) {
            count(pool, call, answer);
        } else {
            rest.onEnd(end -> {
                if (end != AnswerStream.End.BROKEN_OFF) {
                    count(pool, call, answer);
                }
            });
        }
    }

    private void count(EndpointPool pool, PredictCall call, WorkerAnswer answer) {
        counts.answered(pool.model(), call.modelId(), answer.worker());
        Fallback fallback =
                fallbacks == null || answer.rest() != null || call.form() != null ? null : fallbacks.of(pool.model());
        if (fallback != null) {
            fallback.answered(call.modelId(), call.data(), answer);
        }
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
        return Future.succeededFuture(call)
                .compose(one -> delivered(pool, one))
                .onComplete(done -> release(permit, call, done));
    }

    /** How long a stream takes says nothing of its workers' load. */
    private static void release(Permit permit, PredictCall call, AsyncResult<Delivered> done) {
        AnswerStream rest = done.succeeded() ? done.result().answer().rest() : null;
        if (rest == null) {
            permit.release(outcome(call, done));
        } else {
            rest.onEnd(end -> permit.release(Permit.Outcome.IGNORED));
        }
    }

    private static Permit.Outcome outcome(PredictCall call, AsyncResult<Delivered> done) {
        if (done.succeeded()) {
            return call.isUpload() ? Permit.Outcome.IGNORED : Permit.Outcome.ANSWERED;
        }
        boolean overloaded = call.abort().reason() == AttemptFailure.Reason.DEADLINE
                || (done.cause() instanceof ServingException failure && failure.kind() == FailureKind.WORKERS_BUSY);
        return overloaded ? Permit.Outcome.OVERLOADED : Permit.Outcome.IGNORED;
    }

    private Future<Delivered> delivered(EndpointPool pool, PredictCall call) {
        RouteTrace trace = call.trace();
        if (trace != null) {
            trace.admitted(pool, call);
        }
        Future<Delivered> joined = batches.join(pool, call);
        return joined == null ? delivery.singly(pool, call) : joined;
    }
}
