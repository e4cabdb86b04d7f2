package dev.foretell.router.predict.call;

import dev.foretell.commons.time.Deadline;
import dev.foretell.router.retry.RetryDecision;
import dev.foretell.router.upstream.WorkerClient;
import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.call.AttemptFailure.Reason;
import dev.foretell.router.upstream.call.Cancellation;
import dev.foretell.router.upstream.call.WorkerCall;
import dev.foretell.router.upstream.call.WorkerCall.Stuck;
import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.router.upstream.pool.Endpoint;
import dev.foretell.router.upstream.pool.EndpointPool;
import dev.foretell.router.upstream.pool.FunctionFault;
import dev.foretell.router.upstream.pool.PoolTally;
import dev.foretell.router.upstream.pool.Slot;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Which workers one call was sent to, how that went, and which may get it next. Confined to the call's event loop. */
public final class AttemptHistory {
    private final EndpointPool pool;
    private final PredictCall call;
    private final WorkerClient workers;
    private final LongSupplier nanoClock;
    private final long key;
    /** And those that it is not to go to, which come first. */
    private final List<Endpoint> tried = new ArrayList<>(2);

    private final int barred;
    private @Nullable ReconnectAllowance chances;
    private @Nullable AttemptFailure last;
    private boolean copied;
    private List<FunctionFault> faults;

    public AttemptHistory(
            EndpointPool pool, PredictCall call, PriorAttempts past, WorkerClient workers, LongSupplier nanoClock) {
        this.pool = pool;
        this.call = call;
        this.workers = workers;
        this.nanoClock = nanoClock;
        this.key = pool.isKeyed() ? call.key() : 0;
        if (!call.notAt().isEmpty()) {
            pool.endpoints().stream()
                    .filter(endpoint -> call.notAt().contains(endpoint.worker()))
                    .forEach(tried::add);
        }
        this.barred = tried.size();
        this.tried.addAll(past.tried());
        this.last = past.last();
        this.copied = past.copied();
        this.faults = past.faults();
        if (!past.dropped().isEmpty()) {
            chances = new ReconnectAllowance(past.dropped(), nanoClock);
        }
    }

    public EndpointPool pool() {
        return pool;
    }

    public Cancellation abort() {
        return call.cancellation();
    }

    public Deadline deadline() {
        return call.deadline();
    }

    /** Whether two workers can get it at once. */
    public boolean mayBeCopied() {
        return !call.isUpload();
    }

    /** Whether a worker had some of it that cannot be sent again. */
    public boolean isSpent() {
        return call.isSpent();
    }

    /** How many workers the call was sent to. */
    public int count() {
        return tried.size() - barred;
    }

    /** How the latest attempt failed; null where none did. */
    public @Nullable AttemptFailure last() {
        return last;
    }

    /** Sends the call to the slot's worker, for as long as that takes. */
    public Future<WorkerResponse> send(Slot slot, Cancellation cancellation) {
        return send(slot, cancellation, null);
    }

    /** @param stuck what to do if the worker falls silent; null for nothing */
    public Future<WorkerResponse> send(Slot slot, Cancellation cancellation, @Nullable Stuck stuck) {
        tried.add(slot.endpoint());
        call.cancellation().recordAttempt(slot.endpoint().worker());
        Future<WorkerResponse> sent = workers.call(
                slot,
                new WorkerCall(
                        call.modelId(),
                        call.data(),
                        call.deadline(),
                        cancellation,
                        call.cancellation().origin(),
                        0,
                        call.options(),
                        stuck));
        call.trace().attempt(slot.endpoint(), sent);
        return sent.onFailure(failure -> remember(slot, failure));
    }

    private void remember(Slot slot, Throwable failure) {
        if (failure instanceof AttemptFailure attempt && attempt.reason() != Reason.OVERTAKEN) {
            if (attempt.reason() == Reason.FUNCTION_ERROR) {
                noteFault(FunctionFault.at(slot, nanoClock));
            } else if (!faults.isEmpty()) {
                return;
            }
            last = attempt;
            if (chances == null) {
                chances = new ReconnectAllowance(List.of(), nanoClock);
            }
            chances.note(slot.endpoint(), attempt.reason());
        }
    }

    private void noteFault(FunctionFault fault) {
        List<FunctionFault> more = new ArrayList<>(faults);
        more.add(fault);
        faults = more;
    }

    /** The call has ended: whose its function's failures are is known now, as far as it ever will be. */
    public void judge(AsyncResult<WorkerResponse> end) {
        if (faults.isEmpty()) {
            return;
        }
        Consumer<FunctionFault> verdict = verdict(end);
        faults.forEach(verdict);
        faults = List.of();
    }

    private Consumer<FunctionFault> verdict(AsyncResult<WorkerResponse> end) {
        if (end.succeeded() && end.result().status() < 400) {
            return FunctionFault::isOfWorker;
        }
        return end.succeeded() || faults.size() > 1 ? FunctionFault::isOfInput : FunctionFault::isUnknown;
    }

    /** A slot for the next attempt, at a worker that was not tried. */
    public Optional<Slot> take() {
        return pool.take(key, tried);
    }

    /** A slot for a copy of the call: once. */
    public Optional<Slot> takeForCopy() {
        Optional<Slot> slot = copied ? Optional.empty() : pool.takeReady(key, tried);
        copied = copied || slot.isPresent();
        return slot;
    }

    /** The same where its worker has fallen silent: so many of them are under way at most, each to its {@link PoolTally#endCopy}. */
    public Optional<Slot> takeForSilenceCopy() {
        if (copied || !pool.tally().beginCopy()) {
            return Optional.empty();
        }
        Optional<Slot> slot = takeForCopy();
        if (slot.isEmpty()) {
            pool.tally().withdrawCopy();
        }
        return slot;
    }

    /** A slot at a worker that was tried and deserves a second chance. */
    public Optional<Slot> takeOnceMore() {
        List<Endpoint> now = chances == null ? List.of() : chances.take();
        List<Endpoint> out =
                tried.stream().filter(endpoint -> !now.contains(endpoint)).toList();
        return now.isEmpty() ? Optional.empty() : pool.take(key, out);
    }

    public boolean hasOther() {
        return pool.hasOther(tried);
    }

    /** Where it fails everywhere, no call waits to be told so once more. */
    private static RetryDecision afterFault(FunctionFault fault) {
        return fault.isCommon() ? RetryDecision.IF_ROOM : RetryDecision.AFTER_BACKOFF;
    }

    /** After a failure of its function a call is tried once more, elsewhere. */
    private boolean isSecondOfFunction(Throwable failure) {
        boolean ofFunction = failure instanceof AttemptFailure attempt && attempt.reason() == Reason.FUNCTION_ERROR;
        return faults.size() > 1 || (!faults.isEmpty() && !ofFunction);
    }

    /** How the call may go on after an attempt that failed; empty where no worker is left. */
    public Optional<RetryDecision> onward(Throwable failure) {
        if (isSpent() || isSecondOfFunction(failure)) {
            return Optional.empty();
        }
        if (!faults.isEmpty()) {
            return hasOther() ? Optional.of(afterFault(faults.get(0))) : Optional.empty();
        }
        if (hasOther() || (chances != null && chances.isAnyNow())) {
            boolean lost = failure instanceof AttemptFailure attempt
                    && attempt.reason().isLost();
            return Optional.of(lost ? RetryDecision.AT_ONCE : RetryDecision.AFTER_BACKOFF);
        }
        return chances == null ? Optional.empty() : chances.soonestMillis().map(RetryDecision::whenBack);
    }
}
