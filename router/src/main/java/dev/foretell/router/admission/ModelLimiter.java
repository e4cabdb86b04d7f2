package dev.foretell.router.admission;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the calls of one model in flight within its limit and queues the others. A call never overtakes another of its
 * own priority. Thread-safe: short steps under one lock; waiting calls are notified on their own event loops, outside
 * the lock.
 */
final class ModelLimiter {
    private final ModelKey model;
    private ConcurrencyLimit limit;
    private AdmissionConfig config;
    private final LongSupplier nanoClock;
    private final Supplier<WaiterEventLoop> loops;
    private final AtomicInteger routerInFlight;
    private final WaitingCalls waiting = new WaitingCalls();
    private final Throughput throughput = new Throughput();
    private int inFlight;
    private long admitted;
    private long queued;
    private long waited;
    private long waitedNanos;
    private long shed;
    private long expired;

    ModelLimiter(
            ModelKey model,
            ConcurrencyLimit limit,
            AdmissionConfig config,
            LongSupplier nanoClock,
            Supplier<WaiterEventLoop> loops,
            AtomicInteger routerInFlight) {
        this.model = model;
        this.limit = limit;
        this.config = config;
        this.nanoClock = nanoClock;
        this.loops = loops;
        this.routerInFlight = routerInFlight;
    }

    /** Uses new settings from now on; this may admit waiting calls at once. */
    void adopt(AdmissionConfig next, boolean keepsLimit) {
        List<Runnable> told;
        synchronized (this) {
            config = next;
            limit = keepsLimit ? limit : next.limitOf(model);
            told = letIn(nanoClock.getAsLong());
        }
        told.forEach(Runnable::run);
    }

    Future<Permit> acquire(AdmissionRequest call) {
        long now = nanoClock.getAsLong();
        Waiter waiter;
        Waiter placeless;
        ShedException full;
        synchronized (this) {
            if (inFlight < limit.now() && waiting.size() == 0) {
                inFlight++;
                admitted++;
                return Future.succeededFuture(permit(now));
            }
            waiter = new Waiter(
                    call.priority(),
                    call.deadline(),
                    now,
                    now + config.maxWait().toNanos(),
                    loops.get());
            placeless = waiting.offer(waiter, (int) Math.ceil(limit.now() * config.queue()));
            queued += placeless == waiter ? 0 : 1;
            shed += placeless == null ? 0 : 1;
            full = full();
        }
        if (placeless == waiter) {
            return Future.failedFuture(full);
        }
        if (placeless != null) {
            placeless.later(() -> placeless.refuse(full));
        }
        waiter.limitWait(now, () -> leave(waiter));
        call.waits(() -> leave(waiter));
        return waiter.outcome();
    }

    private Permit permit(long nowNanos) {
        return new Permit(routerInFlight, this, nowNanos);
    }

    /** A call has ended; admits the next ones within the limit. */
    void release(long sinceNanos, Permit.Outcome outcome) {
        long now = nanoClock.getAsLong();
        List<Runnable> told;
        synchronized (this) {
            if (outcome != Permit.Outcome.IGNORED) {
                throughput.onCallEnd(now - sinceNanos);
                limit.onCallEnd(sinceNanos, now - sinceNanos, inFlight, outcome == Permit.Outcome.OVERLOADED);
            }
            inFlight--;
            told = letIn(now);
        }
        told.forEach(Runnable::run);
    }

    private List<Runnable> letIn(long now) {
        List<Runnable> told = new ArrayList<>(1);
        for (Waiter next = next(); next != null; next = next()) {
            told.add(decide(next, now));
        }
        return told;
    }

    private @Nullable Waiter next() {
        return inFlight < limit.now() ? waiting.poll() : null;
    }

    private Runnable decide(Waiter next, long now) {
        if (next.hasWaitedEnough(now)) {
            ServingException why = whyLeft(next, now);
            return () -> next.later(() -> next.refuse(why));
        }
        inFlight++;
        admitted++;
        return () -> next.later(() -> arrive(next));
    }

    /** Runs on the call's event loop, which may have been busy for a while. */
    private void arrive(Waiter waiter) {
        long now = nanoClock.getAsLong();
        if (!waiter.isLate(now)) {
            noteWait(now - waiter.sinceNanos());
            waiter.admit(permit(now));
            return;
        }
        ServingException why;
        synchronized (this) {
            admitted--;
            why = whyLeft(waiter, now);
        }
        release(now, Permit.Outcome.IGNORED);
        waiter.refuse(why);
    }

    private synchronized void noteWait(long nanos) {
        waited++;
        waitedNanos += nanos;
    }

    /** The wait or the deadline has expired, or the caller hung up; too late if the call has just been admitted. */
    private void leave(Waiter waiter) {
        ServingException why;
        synchronized (this) {
            if (!waiting.remove(waiter)) {
                return;
            }
            why = whyLeft(waiter, nanoClock.getAsLong());
        }
        waiter.refuse(why);
    }

    private ServingException whyLeft(Waiter waiter, long now) {
        if (waiter.isLate(now)) {
            expired++;
            return new ServingException(
                    FailureKind.DEADLINE_EXCEEDED,
                    model + ": the deadline passed in the queue, before a worker was tried");
        }
        if (waiter.hasWaitedEnough(now)) {
            shed++;
            return new ShedException(
                    FailureKind.SHED,
                    model + ": the call was not admitted from the queue within "
                            + config.maxWait().toMillis() + " ms",
                    retryAfterSeconds());
        }
        return new ServingException(FailureKind.DEADLINE_EXCEEDED, model + ": the caller left the queue");
    }

    private ShedException full() {
        return new ShedException(
                FailureKind.QUEUE_FULL,
                model + ": " + inFlight + " calls are in flight, its limit, and " + waiting.size()
                        + " wait, which fills the queue",
                retryAfterSeconds());
    }

    private int retryAfterSeconds() {
        return throughput.secondsFor(waiting.size(), inFlight);
    }

    synchronized boolean isIdle() {
        return inFlight == 0 && waiting.size() == 0;
    }

    synchronized ModelLoad load() {
        return new ModelLoad(
                model,
                limit.now(),
                inFlight,
                waiting.sizes(),
                new ModelLoad.Tally(admitted, queued, waited, waitedNanos, shed, expired));
    }
}
