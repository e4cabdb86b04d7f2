package dev.foretell.router.predict.attempt;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.time.Deadline;
import dev.foretell.router.predict.call.AttemptHistory;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.predict.call.PredictFailure;
import dev.foretell.router.predict.call.PriorAttempts;
import dev.foretell.router.predict.hedge.HedgeRace;
import dev.foretell.router.predict.hedge.Hedges;
import dev.foretell.router.predict.hedge.Race;
import dev.foretell.router.predict.hedge.SilentWorkerHedge;
import dev.foretell.router.predict.hedge.TrialRace;
import dev.foretell.router.retry.Retrier;
import dev.foretell.router.retry.RetryDecision;
import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.call.AttemptFailure.Reason;
import dev.foretell.router.upstream.call.WorkerCall;
import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.router.upstream.pool.EndpointPool;
import dev.foretell.router.upstream.pool.Slot;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The attempts of one call: never the same worker twice while there is another. Confined to the call's event loop. */
final class Attempts implements Retrier.Call<WorkerResponse>, WorkerCall.Stuck {
    private final Delivery delivery;
    private final EndpointPool pool;
    private final AttemptHistory tries;
    private final Hedges.@Nullable Model hedge;
    private @Nullable Slot first;
    private @Nullable SilentWorkerHedge copy;
    private boolean exhausted;

    /** @param first the slot for the next attempt, where there is one already */
    Attempts(Delivery delivery, EndpointPool pool, PredictCall call, PriorAttempts past, @Nullable Slot first) {
        this.delivery = delivery;
        this.pool = pool;
        this.tries = new AttemptHistory(pool, call, past, delivery.workers(), delivery.nanoClock());
        this.hedge = delivery.hedges().of(pool.model());
        this.first = first;
    }

    @Override
    public Future<WorkerResponse> attempt(int number) {
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

    private Future<WorkerResponse> send(Slot slot) {
        AttemptFailure last = tries.last();
        if (last != null) {
            pool.tally().recordRetry(last.reason());
        }
        return sendOnce(slot).recover(this::byCopyOrElsewhere);
    }

    private Future<WorkerResponse> sendOnce(Slot slot) {
        if (slot.isTrial() && tries.mayBeCopied()) {
            return onTrial(slot);
        }
        return hedge != null && tries.last() == null && tries.mayBeCopied()
                ? hedge(slot, hedge)
                : tries.send(slot, tries.abort(), tries.mayBeCopied() ? this : null);
    }

    /** Nearly no call has a copy: there is nothing of it before it is needed. */
    @Override
    public void isSilent(WorkerCall.Waiting call) {
        SilentWorkerHedge made = copy;
        if (made == null) {
            made = new SilentWorkerHedge(tries);
            copy = made;
        }
        made.isSilent(call);
    }

    /** The silent worker may be killed while another has the copy: that is waited for. */
    private Future<WorkerResponse> byCopyOrElsewhere(Throwable failure) {
        Future<WorkerResponse> awaited = copy == null ? null : copy.outcome();
        return awaited == null ? elsewhereIfUnreachable(failure) : awaited.recover(this::elsewhereIfUnreachable);
    }

    private Future<WorkerResponse> onTrial(Slot slot) {
        long now = delivery.nanoClock().getAsLong();
        long patience = TrialPatience.nanos(pool.latencyNanos(), deadline().remainingNanos(now));
        return new Race(new TrialRace(tries)).run(slot, tries.abort(), delivery.wheel(), now + patience);
    }

    private Future<WorkerResponse> hedge(Slot slot, Hedges.Model model) {
        long start = delivery.nanoClock().getAsLong();
        long patience = model.p95().nanos();
        model.tokens().earn();
        Future<WorkerResponse> response = patience == 0
                ? tries.send(slot, tries.abort(), this)
                : new Race(new HedgeRace(tries, model.tokens()))
                        .run(slot, tries.abort(), delivery.wheel(), start + patience);
        return response.onSuccess(
                done -> model.p95().observe(delivery.nanoClock().getAsLong() - start));
    }

    /** A worker that could not be reached never had the call: the next takes its place, and no attempt is used up. */
    private Future<WorkerResponse> elsewhereIfUnreachable(Throwable failure) {
        boolean unreachable = failure instanceof AttemptFailure attempt
                && attempt.reason() == Reason.UNREACHABLE
                && tries.abort().reason() == null;
        return (unreachable ? tries.take() : Optional.<Slot>empty())
                .map(this::send)
                .orElseGet(() -> Future.failedFuture(failure));
    }

    /** A pool whose workers have only just been registered offers none before its first probes are back. */
    private Future<WorkerResponse> afterFirstProbes() {
        Context loop = Vertx.currentContext();
        Promise<Void> probed = Promise.promise();
        pool.firstProbes().onComplete(done -> loop.runOnContext(v -> probed.complete()));
        return probed.future().compose(v -> tries.take().map(this::send).orElseGet(this::noWorker));
    }

    private Future<WorkerResponse> noWorker() {
        AttemptFailure last = tries.last();
        return Future.failedFuture(
                last != null
                        ? last
                        : new ServingException(
                                FailureKind.NO_WORKER, pool.model() + ": " + UnavailableReason.of(pool.endpoints())));
    }

    @Override
    public Deadline deadline() {
        return tries.deadline();
    }

    @Override
    public Optional<RetryDecision> onward(Throwable failure) {
        return tries.onward(failure);
    }

    @Override
    public Future<Void> pause(long millis) {
        Promise<Void> over = Promise.promise();
        tries.abort().onAbort(why -> over.tryFail(new AttemptFailure(why, null)));
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
    public void onBudgetExhausted() {
        exhausted = true;
        pool.tally().recordExhaustedBudget();
    }

    /** A worker's answer, with what it took to get it, or the failure as the caller is told of it. */
    Future<DeliveryResult> settle(AsyncResult<WorkerResponse> result) {
        tries.judge(result);
        return result.succeeded()
                ? Future.succeededFuture(new DeliveryResult(result.result(), tries.count()))
                : Future.failedFuture(explain(ofFunction(result.cause())));
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

    private Throwable explain(Throwable failure) {
        return failure instanceof ServingException serving
                ? new PredictFailure(serving, pool.model().toString(), tries.count(), exhausted)
                : failure;
    }
}
