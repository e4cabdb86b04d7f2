package dev.foretell.router.predict;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.time.Deadline;
import dev.foretell.router.retry.Onward;
import dev.foretell.router.retry.Retrier;
import dev.foretell.router.upstream.AttemptFailure;
import dev.foretell.router.upstream.AttemptFailure.Reason;
import dev.foretell.router.upstream.EndpointPool;
import dev.foretell.router.upstream.Slot;
import dev.foretell.router.upstream.WorkerAnswer;
import dev.foretell.router.upstream.WorkerCall;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The attempts of one call: never the same worker twice while there is another. Confined to the call's event loop. */
final class Attempts implements Retrier.Call<WorkerAnswer>, WorkerCall.Stuck {
    private final Delivery delivery;
    private final EndpointPool pool;
    private final Tries tries;
    private final Hedges.@Nullable Model hedge;
    private @Nullable Slot first;
    private @Nullable SilenceCopy copy;
    private boolean exhausted;

    /** @param first the slot for the next attempt, where there is one already */
    Attempts(Delivery delivery, EndpointPool pool, PredictCall call, Past past, @Nullable Slot first) {
        this.delivery = delivery;
        this.pool = pool;
        this.tries = new Tries(pool, call, past, delivery.workers(), delivery.nanoClock());
        this.hedge = delivery.hedges().of(pool.model());
        this.first = first;
    }

    @Override
    public Future<WorkerAnswer> attempt(int number) {
        Slot given = first;
        if (given != null) {
            first = null;
            return send(given);
        }
        Reason aborted = tries.abort().reason();
        if (aborted != null) {
            return Future.failedFuture(new AttemptFailure(aborted, null));
        }
        AttemptFailure last = tries.last();
        if (last != null && tries.isSpent()) {
            return Future.failedFuture(last);
        }
        Optional<Slot> slot = tries.take();
        if (slot.isPresent()) {
            return send(slot.get());
        }
        return tries.count() == 0
                ? afterFirstProbes()
                : tries.takeOnceMore().map(this::send).orElseGet(this::noWorker);
    }

    private Future<WorkerAnswer> send(Slot slot) {
        AttemptFailure last = tries.last();
        if (last != null) {
            pool.tally().retried(last.reason());
        }
        return sent(slot).recover(this::byCopyOrElsewhere);
    }

    private Future<WorkerAnswer> sent(Slot slot) {
        if (slot.isTrial() && tries.mayBeCopied()) {
            return onTrial(slot);
        }
        return hedge != null && tries.last() == null && tries.mayBeCopied()
                ? hedged(slot, hedge)
                : tries.send(slot, tries.abort(), tries.mayBeCopied() ? this : null);
    }

    /** Nearly no call has a copy: there is nothing of it before it is needed. */
    @Override
    public void isSilent(WorkerCall.Waiting call) {
        SilenceCopy made = copy;
        if (made == null) {
            made = new SilenceCopy(tries);
            copy = made;
        }
        made.isSilent(call);
    }

    /** The silent worker may be killed while another has the copy: that is waited for. */
    private Future<WorkerAnswer> byCopyOrElsewhere(Throwable failure) {
        Future<WorkerAnswer> awaited = copy == null ? null : copy.awaited();
        return awaited == null ? elsewhereIfUnreachable(failure) : awaited.recover(this::elsewhereIfUnreachable);
    }

    private Future<WorkerAnswer> onTrial(Slot slot) {
        long now = delivery.nanoClock().getAsLong();
        long patience = TrialPatience.nanos(pool.latencyNanos(), deadline().leftNanos(now));
        return new Race(new TrialRace(tries)).run(slot, tries.abort(), delivery.wheel(), now + patience);
    }

    private Future<WorkerAnswer> hedged(Slot slot, Hedges.Model model) {
        long start = delivery.nanoClock().getAsLong();
        long patience = model.p95().nanos();
        model.tokens().called();
        Future<WorkerAnswer> answer = patience == 0
                ? tries.send(slot, tries.abort(), this)
                : new Race(new HedgeRace(tries, model.tokens()))
                        .run(slot, tries.abort(), delivery.wheel(), start + patience);
        return answer.onSuccess(done -> model.p95().observe(delivery.nanoClock().getAsLong() - start));
    }

    /** A worker that could not be reached never had the call: the next takes its place, and no attempt is used up. */
    private Future<WorkerAnswer> elsewhereIfUnreachable(Throwable failure) {
        boolean unreachable = failure instanceof AttemptFailure attempt
                && attempt.reason() == Reason.UNREACHABLE
                && tries.abort().reason() == null;
        return (unreachable ? tries.take() : Optional.<Slot>empty())
                .map(this::send)
                .orElseGet(() -> Future.failedFuture(failure));
    }

    /** A pool whose workers have only just been registered offers none before its first probes are back. */
    private Future<WorkerAnswer> afterFirstProbes() {
        Context loop = Vertx.currentContext();
        Promise<Void> probed = Promise.promise();
        pool.probed().onComplete(done -> loop.runOnContext(v -> probed.complete()));
        return probed.future().compose(v -> tries.take().map(this::send).orElseGet(this::noWorker));
    }

    private Future<WorkerAnswer> noWorker() {
        AttemptFailure last = tries.last();
        return Future.failedFuture(
                last != null
                        ? last
                        : new ServingException(
                                FailureKind.NO_WORKER, pool.model() + ": " + NoWorkerReason.of(pool.seats())));
    }

    @Override
    public Deadline deadline() {
        return tries.deadline();
    }

    @Override
    public Optional<Onward> onward(Throwable failure) {
        return tries.onward(failure);
    }

    @Override
    public Future<Void> pause(long millis) {
        Promise<Void> over = Promise.promise();
        tries.abort().attempting(why -> over.tryFail(new AttemptFailure(why, null)));
        delivery.timers().after(millis, over::tryComplete);
        return over.future();
    }

    @Override
    public AtomicInteger retriesUnderWay() {
        return pool.tally().retriesUnderWay();
    }

    @Override
    public int inFlight() {
        return pool.inFlight();
    }

    @Override
    public void exhausted() {
        exhausted = true;
        pool.tally().exhausted();
    }

    /** A worker's answer, with what it took to get it, or the failure as the caller is told of it. */
    Future<Delivered> ended(AsyncResult<WorkerAnswer> result) {
        tries.judge(result);
        return result.succeeded()
                ? Future.succeededFuture(new Delivered(result.result(), tries.count()))
                : Future.failedFuture(explained(ofFunction(result.cause())));
    }

    /** Where its function has failed, that tells more than what became of the attempt after it. */
    private Throwable ofFunction(Throwable failure) {
        AttemptFailure last = tries.last();
        return last != null
                        && last.reason() == Reason.FUNCTION_ERROR
                        && tries.abort().reason() == null
                ? last
                : failure;
    }

    private Throwable explained(Throwable failure) {
        return failure instanceof ServingException serving
                ? new PredictFailure(serving, pool.model().toString(), tries.count(), exhausted)
                : failure;
    }
}
