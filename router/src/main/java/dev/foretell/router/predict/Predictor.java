package dev.foretell.router.predict;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.admission.Admission;
import dev.foretell.router.admission.Permit;
import dev.foretell.router.batch.BatchConfig;
import dev.foretell.router.predict.batch.Batches;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.predict.call.PredictFailure;
import dev.foretell.router.predict.call.WorkerRefusal;
import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.call.Response;
import dev.foretell.router.upstream.call.ResponseStream;
import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.router.upstream.pool.EndpointPool;
import dev.foretell.router.upstream.pool.EndpointPools;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The whole way of a predict call: route it to a version and its workers, look in the cache, admit it, dispatch it to a
 * worker, alone or in a batch, and record the response. Each event loop has one.
 */
public final class Predictor {
    private final VersionRouter traffic;
    private final EndpointPools pools;
    private final CacheLookup cache;
    private final Admission admission;
    private final Batches batches;
    private final Recorder recorder;
    private final BiFunction<EndpointPool, PredictCall, Future<Response>> workers = this::answer;
    private final Function<PredictCall, Future<Response>> shadows = this::answerShadow;

    public Predictor(
            VersionRouter traffic,
            EndpointPools pools,
            CacheLookup cache,
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

    boolean cacheEnabled() {
        return !cache.caches().isEmpty();
    }

    /** Uses new batch settings from now on. Call it on its event loop. */
    public void adopt(BatchConfig batch) {
        batches.adopt(batch);
    }

    /**
     * Answers a call with a worker's response below status 400, fresh or cached.
     *
     * @throws ServingException {@link FailureKind#MODEL_NOT_FOUND}, before anything starts; later failures are in the
     *     future, as {@link PredictFailure}s, and a worker's own 4xx as a {@link WorkerRefusal}
     */
    public Future<Response> predict(PredictCall asked) {
        PredictCall call = traffic.direct(asked);
        VersionRouter.Watch watch = traffic.watch(call, call != asked);
        EndpointPool pool = route(call);
        return watch.follow(answerOf(asked, pool, call), shadows);
    }

    private Future<Response> answerOf(PredictCall asked, EndpointPool pool, PredictCall call) {
        Future<Response> response = cache.answer(pool, call, workers);
        return UnknownId.isOne(asked, pool.model())
                ? response.recover(failure -> Future.failedFuture(UnknownId.explain(failure, asked, pool.model())))
                : response;
    }

    private EndpointPool route(PredictCall call) {
        EndpointPool pool = pools.require(call.type(), call.modelId());
        call.context().setModel(pool.model(), pool.tally().calls());
        call.trace().onArrival(pool, call);
        return pool;
    }

    private Future<Response> answer(EndpointPool pool, PredictCall call) {
        return admit(pool, call).map(response -> recorder.record(pool, call, response));
    }

    /** A shadow call: no caller waits for it, it is not counted, and its response is not cached. */
    private Future<Response> answerShadow(PredictCall call) {
        EndpointPool pool = pools.require(call.type(), call.modelId());
        return admit(pool, call).map(response -> WorkerRefusal.requireNone(response, pool.model(), call));
    }

    /**
     * Nearly every call is admitted at once, without waiting for a future. A call that was cancelled while its body was
     * read is not admitted.
     */
    private Future<WorkerResponse> admit(EndpointPool pool, PredictCall call) {
        AttemptFailure.Reason aborted = call.cancellation().reason();
        if (aborted != null) {
            return Future.failedFuture(PredictFailure.withoutAttempt(new AttemptFailure(aborted, null), pool.model()));
        }
        Permit permit = admission.tryAcquire(pool.model());
        return permit.isNone() ? queue(pool, call) : dispatch(pool, call, permit);
    }

    private Future<WorkerResponse> queue(EndpointPool pool, PredictCall call) {
        return admission
                .acquire(pool.model(), call)
                .onComplete(done -> call.context().spans().onQueueEnd(done.succeeded()))
                .recover(shed -> Future.failedFuture(PredictFailure.withoutAttempt(shed, pool.model())))
                .compose(permit -> dispatch(pool, call, permit));
    }

    private Future<WorkerResponse> dispatch(EndpointPool pool, PredictCall call, Permit permit) {
        return batches.deliver(pool, call).onComplete(done -> release(permit, call, done));
    }

    /** A stream holds its permit to its end, but its duration says nothing about the load. */
    private static void release(Permit permit, PredictCall call, AsyncResult<WorkerResponse> done) {
        ResponseStream rest = done.succeeded() ? done.result().rest() : null;
        if (rest == null) {
            permit.release(load(call, done));
        } else {
            rest.onEnd(end -> permit.release(Permit.Outcome.IGNORED));
        }
    }

    /** The load of the workers by the attempts of a call. */
    private static Permit.Outcome load(PredictCall call, AsyncResult<WorkerResponse> done) {
        if (done.succeeded()) {
            return call.isUpload() ? Permit.Outcome.IGNORED : Permit.Outcome.ANSWERED;
        }
        boolean overloaded = call.cancellation().reason() == AttemptFailure.Reason.DEADLINE
                || (done.cause() instanceof ServingException failure && failure.kind() == FailureKind.WORKERS_BUSY);
        return overloaded ? Permit.Outcome.OVERLOADED : Permit.Outcome.IGNORED;
    }
}
