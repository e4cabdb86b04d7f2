package dev.foretell.router.predict;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.admission.Admission;
import dev.foretell.router.admission.Permit;
import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.retry.Retrier;
import dev.foretell.router.upstream.AttemptFailure;
import dev.foretell.router.upstream.EndpointPool;
import dev.foretell.router.upstream.EndpointPools;
import dev.foretell.router.upstream.WorkerAnswer;
import dev.foretell.router.upstream.WorkerClient;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;

/**
 * The whole story of a predict call: find its pool, get leave to enter, try workers until one answers, count the answer.
 * Each event loop has one.
 */
public final class Predictor {
    private final EndpointPools pools;
    private final Admission admission;
    private final Retrier retrier;
    private final WorkerClient workers;
    private final RequestCounts counts;

    public Predictor(
            EndpointPools pools, Admission admission, Retrier retrier, WorkerClient workers, RequestCounts counts) {
        this.pools = pools;
        this.admission = admission;
        this.retrier = retrier;
        this.workers = workers;
        this.counts = counts;
    }

    /**
     * Answers a call with what a worker said, below status 400.
     *
     * @throws ServingException {@link FailureKind#MODEL_NOT_FOUND}, before anything is started; later failures, in the future,
     *     are {@link PredictFailure}s, a worker's own 4xx a {@link WorkerRefusal}
     */
    public Future<WorkerAnswer> predict(PredictCall call) {
        EndpointPool pool = pools.require(call.type(), call.modelId());
        Attempts attempts = new Attempts(pool, workers, call);
        return permit(pool, call)
                .compose(permit -> admitted(call, attempts, permit))
                .recover(failure -> Future.failedFuture(attempts.explained(failure)))
                .onSuccess(answer -> counts.answered(pool.model(), call.modelId(), answer.worker()))
                .map(attempts::accepted);
    }

    /** A call that was broken off while its body was read does not queue. */
    private Future<Permit> permit(EndpointPool pool, PredictCall call) {
        AttemptFailure.Reason aborted = call.abort().reason();
        return aborted == null
                ? admission.acquire(pool.model(), call)
                : Future.failedFuture(new AttemptFailure(aborted, null));
    }

    private Future<WorkerAnswer> admitted(PredictCall call, Attempts attempts, Permit permit) {
        return Future.succeededFuture(call.deadline())
                .compose(deadline -> retrier.run(deadline, attempts))
                .onComplete(done -> permit.release(outcome(call, done)));
    }

    private static Permit.Outcome outcome(PredictCall call, AsyncResult<WorkerAnswer> done) {
        if (done.succeeded()) {
            return Permit.Outcome.ANSWERED;
        }
        boolean overloaded = call.abort().reason() == AttemptFailure.Reason.DEADLINE
                || (done.cause() instanceof ServingException failure && failure.kind() == FailureKind.WORKERS_BUSY);
        return overloaded ? Permit.Outcome.OVERLOADED : Permit.Outcome.IGNORED;
    }
}
