package dev.foretell.router.predict.attempt;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.time.Deadline;
import dev.foretell.router.predict.call.AttemptHistory;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.predict.hedge.HedgedCall;
import dev.foretell.router.predict.hedge.Hedges;
import dev.foretell.router.predict.hedge.SilentWorkerHedge;
import dev.foretell.router.predict.hedge.TrialRace;
import dev.foretell.router.predict.spans.AttemptSpan;
import dev.foretell.router.predict.spans.CallSpans;
import dev.foretell.router.retry.RetryDecision;
import dev.foretell.router.retry.RetryGate;
import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.call.AttemptFailure.Reason;
import dev.foretell.router.upstream.call.Cancellation;
import dev.foretell.router.upstream.call.WorkerCall;
import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.router.upstream.pool.EndpointPool;
import dev.foretell.router.upstream.pool.Slot;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends one call to one worker after another until one responds; never to the same worker twice while there is another.
 * Used once; confined to the call's event loop.
 */
public final class AttemptLoop extends PoolRetries implements HedgedCall, WorkerCall.Recipient {
    private final AttemptTools tools;
    private final PredictCall call;
    private final AttemptHistory history;
    private final long key;
    private @Nullable RetryGate gate;
    private @Nullable SilentWorkerHedge silenceHedge;

    /** @param history the earlier attempts of this call; this loop updates it */
    public AttemptLoop(AttemptTools tools, EndpointPool pool, PredictCall call, AttemptHistory history) {
        super(pool);
        this.tools = tools;
        this.call = call;
        this.history = history;
        this.key = pool.isKeyed() ? call.key() : 0;
        history.bar(pool, call.notAt());
    }

    /** Fails with the {@link dev.foretell.router.predict.call.PredictFailure} for the caller. */
    public Future<WorkerResponse> run() {
        return settle(attempt().recover(this::afterAttempt));
    }

    /** The same, with a slot for the first attempt. */
    public Future<WorkerResponse> run(Slot first) {
        return settle(tryAt(first).recover(this::afterAttempt));
    }

    /** The same, after this failure of a batch with the call in it. */
    public Future<WorkerResponse> runAfter(AttemptFailure failure) {
        return settle(retry(failure));
    }

    private Future<WorkerResponse> afterAttempt(Throwable failure) {
        history.useAttempt();
        return retry(failure);
    }

    private Future<WorkerResponse> retry(Throwable failure) {
        if (!tools.retrier().mayTryAgain(failure, deadline(), history.attempts())) {
            return Future.failedFuture(failure);
        }
        RetryGate opened = gate == null ? tools.retrier().gate(this) : gate;
        gate = opened;
        return opened.next(failure, history.attempts())
                .compose(v -> opened.attempt(this::attempt).recover(this::afterAttempt));
    }

    private Future<WorkerResponse> attempt() {
        Reason aborted = cancellation().reason();
        if (aborted != null) {
            return Future.failedFuture(new AttemptFailure(aborted, null));
        }
        AttemptFailure last = history.last();
        if (last != null && call.isSpent()) {
            return Future.failedFuture(last);
        }
        Optional<Slot> slot = pool().take(key, history.tried());
        return slot.isPresent() ? tryAt(slot.get()) : withoutOther();
    }

    private Future<WorkerResponse> withoutOther() {
        return history.count() == 0
                ? afterFirstProbes()
                : history.takeOnceMore(pool(), key).map(this::tryAt).orElseGet(this::noWorker);
    }

    private Future<WorkerResponse> tryAt(Slot slot) {
        AttemptFailure last = history.last();
        if (last != null) {
            pool().tally().recordRetry(last.reason());
        }
        return sendOrRace(slot).recover(this::byHedgeOrElsewhere);
    }

    /** One attempt, possibly at two workers: if the first is on trial, slow, or silent. */
    private Future<WorkerResponse> sendOrRace(Slot slot) {
        if (call.isUpload()) {
            return send(slot, this);
        }
        if (slot.isTrial()) {
            return TrialRace.run(
                    this, slot, deadline(), tools.wheel(), tools.nanoClock().getAsLong());
        }
        Hedges.Model hedge = history.last() == null ? tools.hedges().of(pool().model()) : Hedges.Model.OFF;
        return hedge == Hedges.Model.OFF
                ? send(slot, this)
                : hedge.send(this, slot, this, tools.wheel(), tools.nanoClock());
    }

    @Override
    public Future<WorkerResponse> send(Slot slot, WorkerCall.Recipient recipient) {
        history.sentTo(slot.endpoint());
        call.context().recordAttempt(slot.endpoint().worker());
        AttemptSpan span = span(slot);
        Future<WorkerResponse> sent = tools.workers()
                .call(
                        slot,
                        new WorkerCall(
                                call.modelId(),
                                call.data(),
                                call.deadline(),
                                span.origin(call.context().origin()),
                                call.options(),
                                recipient));
        call.trace().attempt(slot.endpoint(), sent);
        span.follow(sent);
        return sent.onFailure(failure -> history.record(slot, failure));
    }

    private AttemptSpan span(Slot slot) {
        CallSpans spans = call.context().spans();
        AttemptFailure last = spans.isOn() ? history.last() : null;
        return spans.attempt(
                pool(), slot, last == null ? null : last.reason().name().toLowerCase(Locale.ROOT));
    }

    /** The silent worker may be killed while another has the hedge; then the loop waits for the hedge. */
    private Future<WorkerResponse> byHedgeOrElsewhere(Throwable failure) {
        Future<WorkerResponse> awaited = silenceHedge == null ? null : silenceHedge.outcome();
        return awaited == null ? elsewhereIfUnreachable(failure) : awaited.recover(this::elsewhereIfUnreachable);
    }

    /**
     * A worker that could not be reached never had the call: the next one takes its place, and no attempt is used up.
     */
    private Future<WorkerResponse> elsewhereIfUnreachable(Throwable failure) {
        boolean unreachable = failure instanceof AttemptFailure attempt
                && attempt.reason() == Reason.UNREACHABLE
                && cancellation().reason() == null;
        return (unreachable ? pool().take(key, history.tried()) : Optional.<Slot>empty())
                .map(this::tryAt)
                .orElseGet(() -> Future.failedFuture(failure));
    }

    /** A pool of newly registered workers has no candidates before the first probes. */
    private Future<WorkerResponse> afterFirstProbes() {
        Context loop = Vertx.currentContext();
        Promise<Void> probed = Promise.promise();
        pool().firstProbes().onComplete(done -> loop.runOnContext(v -> probed.complete()));
        return probed.future()
                .compose(v -> pool().take(key, history.tried()).map(this::tryAt).orElseGet(this::noWorker));
    }

    private Future<WorkerResponse> noWorker() {
        AttemptFailure last = history.last();
        return Future.failedFuture(
                last != null
                        ? last
                        : new ServingException(
                                FailureKind.NO_WORKER,
                                pool().model() + ": " + UnavailableReason.of(pool().endpoints())));
    }

    private Future<WorkerResponse> settle(Future<WorkerResponse> outcome) {
        return outcome.transform(result -> {
            history.judge(result);
            return result.succeeded() ? outcome : Future.failedFuture(explain(result.cause()));
        });
    }

    /** A failure of the call's function explains more than the outcome of a later attempt. */
    private Throwable explain(Throwable failure) {
        AttemptFailure last = history.last();
        if (last != null
                && last.reason() == Reason.FUNCTION_ERROR
                && cancellation().reason() == null) {
            return explain(last, history.count());
        }
        return failure instanceof ServingException serving ? explain(serving, history.count()) : failure;
    }

    @Override
    public Cancellation cancellation() {
        return call.cancellation();
    }

    @Override
    public void workerTook(long nanos) {
        call.context().addWorkerNanos(nanos);
    }

    /** Hardly any call is hedged, so its state is created on demand. */
    @Override
    public void onSilence(WorkerCall.Waiting waiting) {
        if (!call.isUpload()) {
            SilentWorkerHedge made = silenceHedge == null ? new SilentWorkerHedge(this) : silenceHedge;
            silenceHedge = made;
            made.onSilence(waiting);
        }
    }

    @Override
    public boolean isHedged() {
        return history.isHedged();
    }

    @Override
    public Optional<Slot> takeForHedge() {
        return history.takeForHedge(pool(), key);
    }

    @Override
    public boolean hasOther() {
        return pool().hasOther(history.tried());
    }

    @Override
    public Deadline deadline() {
        return call.deadline();
    }

    @Override
    public Optional<RetryDecision> onward(Throwable failure) {
        return call.isSpent() ? Optional.empty() : history.onward(failure, hasOther());
    }

    @Override
    public Future<Void> pause(long millis) {
        Promise<Void> over = Promise.promise();
        cancellation().onAbort(why -> over.tryFail(new AttemptFailure(why, null)));
        tools.scheduler().after(millis, over::tryComplete);
        return over.future();
    }

    @Override
    protected int calls() {
        return 1;
    }
}
