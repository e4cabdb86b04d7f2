package dev.foretell.router.predict.call;

import dev.foretell.commons.identity.WorkerId;
import dev.foretell.router.retry.RetryDecision;
import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.call.AttemptFailure.Reason;
import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.router.upstream.pool.Endpoint;
import dev.foretell.router.upstream.pool.EndpointPool;
import dev.foretell.router.upstream.pool.FunctionFault;
import dev.foretell.router.upstream.pool.Slot;
import io.vertx.core.AsyncResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The workers that a call, or a batch, was sent to, with the outcomes, and those that may get it again. Confined to one
 * event loop.
 */
public final class AttemptHistory {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LongSupplier nanoClock;
    /** Starts with the workers that must not get the call. */
    private final List<Endpoint> tried = new ArrayList<>(2);

    private int barred;
    private int attempts;
    private boolean hedged;
    private @Nullable AttemptFailure last;
    private PendingFaults faults = PendingFaults.NONE;
    /** Workers that dropped the connection: one may have closed an idle connection just as the call was sent. */
    private List<Endpoint> dropped = List.of();

    private boolean droppedTaken;
    private List<Busy> busy = List.of();

    /** What a worker told this call; it may have told other calls something else since. */
    private record Busy(Endpoint endpoint, long untilNanos) {}

    public AttemptHistory(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** For one call of a batch that continues singly. */
    public AttemptHistory copy() {
        AttemptHistory own = new AttemptHistory(nanoClock);
        own.tried.addAll(tried);
        own.barred = barred;
        own.attempts = attempts;
        own.hedged = hedged;
        own.last = last;
        own.faults = faults;
        own.dropped = dropped;
        own.droppedTaken = droppedTaken;
        own.busy = busy;
        return own;
    }

    /** For the hedge of a call whose worker here is silent; a hedge is not hedged again. */
    public AttemptHistory forHedgeOfSilent(Endpoint endpoint) {
        AttemptHistory own = copy();
        own.sentTo(endpoint);
        own.hedged = true;
        return own;
    }

    /** Excludes these workers. */
    public void bar(EndpointPool pool, Set<WorkerId> workers) {
        if (!workers.isEmpty()) {
            List<Endpoint> out = pool.endpoints().stream()
                    .filter(endpoint -> workers.contains(endpoint.worker()))
                    .toList();
            tried.addAll(0, out);
            barred += out.size();
        }
    }

    public List<Endpoint> tried() {
        return tried;
    }

    /** The number of workers that the call was sent to. */
    public int count() {
        return tried.size() - barred;
    }

    /** The number of attempts used up; workers that could not be reached use up none. */
    public int attempts() {
        return attempts;
    }

    public void useAttempt() {
        attempts++;
    }

    /** The latest failure; null if there is none. */
    public @Nullable AttemptFailure last() {
        return last;
    }

    public void sentTo(Endpoint endpoint) {
        tried.add(endpoint);
    }

    /** An attempt of the single call failed. */
    public void record(Slot slot, Throwable failure) {
        if (!(failure instanceof AttemptFailure attempt) || attempt.reason() == Reason.OVERTAKEN) {
            return;
        }
        if (attempt.reason() == Reason.FUNCTION_ERROR) {
            faults = faults.with(FunctionFault.at(slot, nanoClock));
        } else if (!faults.isEmpty()) {
            return;
        }
        record(slot.endpoint(), attempt);
        noteIfBusy(slot.endpoint(), attempt.reason());
    }

    /** A batch with this call failed at a worker; this counts as an attempt if the worker could be reached. */
    public AttemptHistory recordBatch(Endpoint endpoint, AttemptFailure failure) {
        sentTo(endpoint);
        record(endpoint, failure);
        if (failure.reason() != Reason.UNREACHABLE) {
            useAttempt();
        }
        return this;
    }

    /** The function failed on the call's part of a batch. */
    public void recordFault(Endpoint endpoint) {
        faults = faults.with(FunctionFault.at(endpoint, nanoClock));
    }

    private void record(Endpoint endpoint, AttemptFailure failure) {
        last = failure;
        if (failure.reason() == Reason.DROPPED) {
            dropped = plus(dropped, endpoint);
        }
    }

    private void noteIfBusy(Endpoint endpoint, Reason failure) {
        List<Busy> others =
                busy.stream().filter(one -> !one.endpoint().equals(endpoint)).toList();
        long left = endpoint.busy().remainingNanos();
        boolean isBusy = failure == Reason.BUSY && left > 0;
        busy = isBusy ? plus(others, new Busy(endpoint, nanoClock.getAsLong() + left)) : others;
    }

    private static <T> List<T> plus(List<T> some, T more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }

    /** Whether the call has had its hedge, or is one. */
    public boolean isHedged() {
        return hedged;
    }

    /** A slot for a hedge of the call; only once. */
    public Optional<Slot> takeForHedge(EndpointPool pool, long key) {
        Optional<Slot> slot = hedged ? Optional.empty() : pool.takeReady(key, tried);
        hedged = hedged || slot.isPresent();
        return slot;
    }

    /**
     * A slot at a worker that was tried and gets a second chance: one that dropped the connection, once, or one that
     * was busy and has returned.
     */
    public Optional<Slot> takeOnceMore(EndpointPool pool, long key) {
        List<Endpoint> now = Stream.concat(
                        droppedTaken ? Stream.empty() : dropped.stream(),
                        busy.stream().filter(this::isBack).map(Busy::endpoint))
                .toList();
        droppedTaken = true;
        List<Endpoint> out =
                tried.stream().filter(endpoint -> !now.contains(endpoint)).toList();
        return now.isEmpty() ? Optional.empty() : pool.take(key, out);
    }

    /** How the call may continue after a failed attempt; empty if no worker is left. */
    public Optional<RetryDecision> onward(Throwable failure, boolean hasOther) {
        Reason reason = failure instanceof AttemptFailure attempt ? attempt.reason() : null;
        if (!faults.isEmpty()) {
            return faults.onward(reason == Reason.FUNCTION_ERROR, hasOther);
        }
        if (hasOther || (!droppedTaken && !dropped.isEmpty()) || busy.stream().anyMatch(this::isBack)) {
            return Optional.of(reason != null && reason.isLost() ? RetryDecision.AT_ONCE : RetryDecision.AFTER_BACKOFF);
        }
        return busy.stream()
                .map(one -> (remainingNanos(one) + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI)
                .min(Long::compare)
                .map(RetryDecision::whenBack);
    }

    private boolean isBack(Busy one) {
        return remainingNanos(one) <= 0;
    }

    private long remainingNanos(Busy one) {
        return one.untilNanos() - nanoClock.getAsLong();
    }

    /** The call has ended: decides who is at fault for its function's failures, as far as can be known. */
    public void judge(AsyncResult<WorkerResponse> end) {
        faults.judge(end);
        faults = PendingFaults.NONE;
    }
}
