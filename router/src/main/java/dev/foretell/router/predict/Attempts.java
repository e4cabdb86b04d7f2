package dev.foretell.router.predict;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.time.Deadline;
import dev.foretell.router.retry.Onward;
import dev.foretell.router.retry.Retrier;
import dev.foretell.router.upstream.AttemptFailure;
import dev.foretell.router.upstream.AttemptFailure.Reason;
import dev.foretell.router.upstream.CallAbort;
import dev.foretell.router.upstream.EndpointPool;
import dev.foretell.router.upstream.Seat;
import dev.foretell.router.upstream.Slot;
import dev.foretell.router.upstream.WorkerAnswer;
import dev.foretell.router.upstream.WorkerCall;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The attempts of one call: never the same worker twice while there is another. Confined to the call's event loop. */
final class Attempts implements Retrier.Call<WorkerAnswer> {
    private final Delivery delivery;
    private final EndpointPool pool;
    private final PredictCall call;
    private final long key;
    private final Hedges.@Nullable Model hedge;
    private final List<Seat> tried = new ArrayList<>(2);
    private final SecondChances chances;
    private @Nullable AttemptFailure last;
    private @Nullable Slot first;
    private boolean exhausted;

    /** @param first the slot for the next attempt, where there is one already */
    Attempts(Delivery delivery, EndpointPool pool, PredictCall call, Past past, @Nullable Slot first) {
        this.delivery = delivery;
        this.pool = pool;
        this.call = call;
        this.key = pool.isKeyed() ? call.key() : 0;
        this.hedge = delivery.hedges().of(pool.model());
        this.tried.addAll(past.tried());
        this.chances = new SecondChances(past.dropped(), delivery.nanoClock());
        this.last = past.last();
        this.first = first;
    }

    @Override
    public Future<WorkerAnswer> attempt(int number) {
        Slot given = first;
        if (given != null) {
            first = null;
            return send(given);
        }
        Reason aborted = call.abort().reason();
        if (aborted != null) {
            return Future.failedFuture(new AttemptFailure(aborted, null));
        }
        Optional<Slot> slot = pool.take(key, tried);
        if (slot.isPresent()) {
            return send(slot.get());
        }
        return tried.isEmpty() ? afterFirstProbes() : onceMore();
    }

    private Future<WorkerAnswer> send(Slot slot) {
        if (last != null) {
            pool.tally().retried();
        }
        return sent(slot).recover(this::elsewhereIfUnreachable);
    }

    private Future<WorkerAnswer> sent(Slot slot) {
        if (slot.isTrial()) {
            return new Race(new TrialRace()).run(slot, call.abort(), delivery.wheel(), patienceWithTrial());
        }
        return hedge != null && last == null ? hedged(slot, hedge) : sendTo(slot, call.abort());
    }

    private Future<WorkerAnswer> sendTo(Slot slot, CallAbort abort) {
        tried.add(slot.seat());
        return delivery.workers()
                .call(slot, new WorkerCall(call.modelId(), call.data(), call.deadline(), abort))
                .onFailure(failure -> remember(slot.seat(), failure));
    }

    private void remember(Seat seat, Throwable failure) {
        if (failure instanceof AttemptFailure attempt && attempt.reason() != Reason.OVERTAKEN) {
            last = attempt;
            chances.note(seat, attempt.reason());
        }
    }

    /** When a trial that was not answered gets company: after much longer than others take, while there is time left. */
    private long patienceWithTrial() {
        long now = delivery.nanoClock().getAsLong();
        return now + TrialPatience.nanos(pool.latencyNanos(), call.deadline().leftNanos(now));
    }

    /** A worker on trial may hang: the caller is not to pay for it. */
    private final class TrialRace implements Race.Runners {
        @Override
        public Future<WorkerAnswer> send(Slot slot, CallAbort abort) {
            return sendTo(slot, abort);
        }

        @Override
        public Optional<Slot> second() {
            return pool.takeReady(key, tried);
        }

        @Override
        public boolean goesOnElsewhere() {
            return pool.hasOther(tried);
        }

        @Override
        public void ended(boolean secondWon) {}
    }

    private Future<WorkerAnswer> hedged(Slot slot, Hedges.Model model) {
        long start = delivery.nanoClock().getAsLong();
        long patience = model.p95().nanos();
        model.tokens().called();
        Future<WorkerAnswer> answer = patience == 0
                ? sendTo(slot, call.abort())
                : new Race(new HedgeRace(model)).run(slot, call.abort(), delivery.wheel(), start + patience);
        return answer.onSuccess(
                done -> model.p95().observe(delivery.nanoClock().getAsLong() - start));
    }

    /** A slow call gets a second copy; the first stays in the race whatever becomes of it. */
    private final class HedgeRace implements Race.Runners {
        private final Hedges.Model model;

        private HedgeRace(Hedges.Model model) {
            this.model = model;
        }

        @Override
        public Future<WorkerAnswer> send(Slot slot, CallAbort abort) {
            return sendTo(slot, abort);
        }

        @Override
        public Optional<Slot> second() {
            if (!model.tokens().take()) {
                return Optional.empty();
            }
            Optional<Slot> slot = pool.takeReady(key, tried);
            if (slot.isEmpty()) {
                model.tokens().giveBack();
            }
            return slot;
        }

        @Override
        public boolean goesOnElsewhere() {
            return false;
        }

        @Override
        public void ended(boolean secondWon) {
            pool.tally().hedged(secondWon);
        }
    }

    /** A worker that could not be reached never had the call: the next takes its place, and no attempt is used up. */
    private Future<WorkerAnswer> elsewhereIfUnreachable(Throwable failure) {
        boolean unreachable = failure instanceof AttemptFailure attempt
                && attempt.reason() == Reason.UNREACHABLE
                && call.abort().reason() == null;
        return (unreachable ? pool.take(key, tried) : Optional.<Slot>empty())
                .map(this::send)
                .orElseGet(() -> Future.failedFuture(failure));
    }

    /** A pool whose workers have only just been registered offers none before its first probes are back. */
    private Future<WorkerAnswer> afterFirstProbes() {
        Context loop = Vertx.currentContext();
        Promise<Void> probed = Promise.promise();
        pool.probed().onComplete(done -> loop.runOnContext(v -> probed.complete()));
        return probed.future()
                .compose(v -> pool.take(key, tried).map(this::send).orElseGet(this::noWorker));
    }

    /** With no other worker left: one that deserves a second chance, if there is one. */
    private Future<WorkerAnswer> onceMore() {
        List<Seat> now = chances.take();
        List<Seat> out = tried.stream().filter(seat -> !now.contains(seat)).toList();
        return now.isEmpty()
                ? noWorker()
                : pool.take(key, out).map(this::send).orElseGet(this::noWorker);
    }

    private Future<WorkerAnswer> noWorker() {
        return Future.failedFuture(
                last != null
                        ? last
                        : new ServingException(
                                FailureKind.NO_WORKER, pool.model() + ": " + NoWorkerReason.of(pool.seats())));
    }

    @Override
    public Deadline deadline() {
        return call.deadline();
    }

    @Override
    public Optional<Onward> onward(Throwable failure) {
        if (pool.hasOther(tried) || chances.isAnyNow()) {
            boolean lost = failure instanceof AttemptFailure attempt && attempt.reason().isLost();
            return Optional.of(lost ? Onward.AT_ONCE : Onward.AFTER_BACKOFF);
        }
        return chances.soonestMillis().map(Onward::whenBack);
    }

    @Override
    public Future<Void> pause(long millis) {
        Promise<Void> over = Promise.promise();
        call.abort().attempting(why -> over.tryFail(new AttemptFailure(why, null)));
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

    /** A worker's answer, with what it took to get it. */
    Delivered delivered(WorkerAnswer answer) {
        return new Delivered(answer, tried.size());
    }

    /** The failure as the caller is told of it. */
    Throwable explained(Throwable failure) {
        return failure instanceof ServingException serving
                ? new PredictFailure(serving, pool.model().toString(), tried.size(), exhausted)
                : failure;
    }
}
