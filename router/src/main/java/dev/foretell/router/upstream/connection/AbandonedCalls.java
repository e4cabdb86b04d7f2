package dev.foretell.router.upstream.connection;

import dev.foretell.commons.time.Scheduler;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The calls on one connection that nobody waits for any longer. They keep their places for their answers, which are read and
 * dropped: to close the connection would cost more than that, and the other calls on it their places. Confined to its event loop.
 */
final class AbandonedCalls {
    private final Deque<Exchange> inFlight;
    private final OrphanedCalls leftovers;
    private final LongSupplier nanoClock;
    private final Scheduler scheduler;
    private final Runnable takesTooLong;
    private boolean watched;

    /**
     * @param inFlight all calls on the connection, in the order of their answers
     * @param takesTooLong told when the first of them has been waited for in vain for {@link OrphanedCalls#MAX_MILLIS}
     */
    AbandonedCalls(
            Deque<Exchange> inFlight,
            OrphanedCalls leftovers,
            LongSupplier nanoClock,
            Scheduler scheduler,
            Runnable takesTooLong) {
        this.inFlight = inFlight;
        this.leftovers = leftovers;
        this.nanoClock = nanoClock;
        this.scheduler = scheduler;
        this.takesTooLong = takesTooLong;
    }

    /** One more of the calls in flight; false, and it is none, where there are as many of its worker's as may be. */
    boolean add(Exchange exchange) {
        if (!leftovers.add()) {
            return false;
        }
        exchange.abandonedAt(nanoClock.getAsLong());
        watch(OrphanedCalls.MAX_MILLIS);
        return true;
    }

    /** Its answer has come, or will not. */
    void end(Exchange exchange) {
        leftovers.remove();
        exchange.drop();
    }

    private void watch(long millis) {
        if (!watched) {
            watched = true;
            scheduler.after(millis, this::look);
        }
    }

    private void look() {
        watched = false;
        Exchange head = inFlight.peek();
        if (head == null) {
            return;
        }
        long left = head.isSettled()
                ? OrphanedCalls.MAX_MILLIS
                        - TimeUnit.NANOSECONDS.toMillis(nanoClock.getAsLong() - head.abandonedAtNanos())
                : OrphanedCalls.MAX_MILLIS;
        if (left <= 0) {
            takesTooLong.run();
        } else if (inFlight.stream().anyMatch(Exchange::isSettled)) {
            watch(left);
        }
    }
}
