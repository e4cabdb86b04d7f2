package dev.foretell.router.admission;

import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.time.Deadline;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * One call in a queue. Whoever removes it from the queue decides its outcome, on the call's event loop. So no outcome
 * is decided twice.
 */
final class Waiter {
    private final Priority priority;
    private final Deadline deadline;
    private final long sinceNanos;
    private final long waitsUntilNanos;
    private final WaiterEventLoop loop;
    private final Promise<Permit> promise = Promise.promise();
    private Runnable stopTimer = () -> {};

    /** @param waitsUntilNanos when the call is shed if it has not been admitted */
    Waiter(Priority priority, Deadline deadline, long sinceNanos, long waitsUntilNanos, WaiterEventLoop loop) {
        this.priority = priority;
        this.deadline = deadline;
        this.sinceNanos = sinceNanos;
        this.waitsUntilNanos = waitsUntilNanos;
        this.loop = loop;
    }

    Priority priority() {
        return priority;
    }

    long sinceNanos() {
        return sinceNanos;
    }

    Future<Permit> outcome() {
        return promise.future();
    }

    boolean isLate(long nowNanos) {
        return deadline.isPast(nowNanos);
    }

    boolean hasWaitedEnough(long nowNanos) {
        return isLate(nowNanos) || waitsUntilNanos - nowNanos <= 0;
    }

    /** Ends the wait in time. */
    void limitWait(long nowNanos, Runnable atItsEnd) {
        long most = Math.min(deadline.remainingNanos(nowNanos), waitsUntilNanos - nowNanos);
        stopTimer = loop.after(most, atItsEnd);
    }

    /** Runs a step later on this call's event loop. */
    void later(Runnable step) {
        loop.run(step);
    }

    void admit(Permit permit) {
        stopTimer.run();
        promise.complete(permit);
    }

    void refuse(ServingException why) {
        stopTimer.run();
        promise.fail(why);
    }
}
