package dev.foretell.router.predict;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.admission.Admission;
import dev.foretell.router.batch.BatchConfig;
import dev.foretell.router.batch.Batcher;
import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.retry.Retrier;
import dev.foretell.router.upstream.EndpointPool;
import dev.foretell.router.upstream.EndpointPools;
import dev.foretell.router.upstream.WorkerAnswer;
import dev.foretell.router.upstream.WorkerClient;
import io.vertx.core.Future;

/**
 * The whole story of a predict call: find its pool, get leave to enter, join it with others where its model
 * allows, try workers until one answers, count the answer.
 * Each event loop has one.
 */
public final class Predictor {
    private final EndpointPools pools;
    private final Admission admission;
    private final RequestCounts counts;
    private final Delivery delivery;
    private final Batches batches;

    /** @param timers of the event loop that it is for */
    public Predictor(
            EndpointPools pools,
            Admission admission,
            Retrier retrier,
            WorkerClient workers,
            RequestCounts counts,
            BatchConfig batch,
            Batcher.Timers timers) {
        this.pools = pools;
        this.admission = admission;
        this.counts = counts;
        this.delivery = new Delivery(retrier, workers);
        BatchDelivery together = new BatchDelivery(delivery, retrier, workers, System::nanoTime);
        this.batches = new Batches(batch, pools, together, timers, System::nanoTime);
    }

    /**
     * Answers a call with what a worker said, below status 500.
     *
     * @throws ServingException {@link FailureKind#MODEL_NOT_FOUND} or {@link FailureKind#SHED}, before anything is started;
     *     later failures, in the future, are {@link PredictFailure}s
     */
    public Future<WorkerAnswer> predict(PredictCall call) {
        EndpointPool pool = pools.require(call.type(), call.modelId());
        Admission.Permit permit = admission.acquire();
        return delivered(pool, call)
                .onSuccess(answer -> counts.answered(pool.model(), call.modelId(), answer.worker()))
                .onComplete(done -> permit.release());
    }

    private Future<WorkerAnswer> delivered(EndpointPool pool, PredictCall call) {
        Future<WorkerAnswer> joined = batches.join(pool, call);
        return joined == null ? delivery.singly(pool, call) : joined;
    }
}
