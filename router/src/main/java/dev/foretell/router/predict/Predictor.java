package dev.foretell.router.predict;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.admission.Admission;
import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.retry.Retrier;
import dev.foretell.router.upstream.AttemptFailure;
import dev.foretell.router.upstream.EndpointPool;
import dev.foretell.router.upstream.EndpointPools;
import dev.foretell.router.upstream.WorkerAnswer;
import dev.foretell.router.upstream.WorkerClient;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.LongSupplier;

/**
 * The whole story of a predict call: find its pool, get leave to enter, try workers until one answers, count the answer.
 * Each event loop has one.
 */
public final class Predictor {
    private final Vertx vertx;
    private final EndpointPools pools;
    private final Admission admission;
    private final Retrier retrier;
    private final WorkerClient workers;
    private final RequestCounts counts;
    private final LongSupplier nanoClock;

    public Predictor(
            Vertx vertx,
            EndpointPools pools,
            Admission admission,
            Retrier retrier,
            WorkerClient workers,
            RequestCounts counts,
            LongSupplier nanoClock) {
        this.vertx = vertx;
        this.pools = pools;
        this.admission = admission;
        this.retrier = retrier;
        this.workers = workers;
        this.counts = counts;
        this.nanoClock = nanoClock;
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
        Attempts attempts = new Attempts(pool, workers, call);
        return withinDeadline(call, retrier.run(call.deadline(), attempts))
                .recover(failure -> Future.failedFuture(attempts.explained(failure)))
                .onSuccess(answer -> counts.answered(pool.model(), call.modelId(), answer.worker()))
                .onComplete(done -> permit.release());
    }

    /** Bridges to a timer: whichever is first, the answer or the deadline, is the outcome. */
    private Future<WorkerAnswer> withinDeadline(PredictCall call, Future<WorkerAnswer> answer) {
        Promise<WorkerAnswer> outcome = Promise.promise();
        long timer = vertx.setTimer(call.deadline().leftMillis(nanoClock.getAsLong()), id -> {
            call.abort().abort(AttemptFailure.Reason.DEADLINE);
            outcome.tryFail(new ServingException(FailureKind.DEADLINE_EXCEEDED, "no answer came within the deadline"));
        });
        answer.onComplete(result -> {
            vertx.cancelTimer(timer);
            if (result.succeeded()) {
                outcome.tryComplete(result.result());
            } else {
                outcome.tryFail(result.cause());
            }
        });
        return outcome.future();
    }
}
