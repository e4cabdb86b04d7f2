package dev.foretell.router.upstream.connection;

import dev.foretell.commons.time.Scheduler;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The calls on one connection that nobody waits for any more. They keep their places, and their responses are read and
 * dropped: closing the connection would cost more, and would take the places of the other calls. Confined to its event
 * loop.
 */
final class AbandonedCalls {
    private final Deque<Exchange> inFlight;
    private final AbandonedLimit limit;
    private final LongSupplier nanoClock;
    private final Scheduler scheduler;
    private final Runnable takesTooLong;
    private boolean watched;

    /**
     * @param inFlight all calls on the connection, in the order of their responses
     * @param takesTooLong called when the first of them has had no response for {@link AbandonedLimit#MAX_MILLIS}
     */
    AbandonedCalls(
            Deque<Exchange> inFlight,
            AbandonedLimit limit,
            LongSupplier nanoClock,
            Scheduler scheduler,
            Runnable takesTooLong) {
        this.inFlight = inFlight;
        this.limit = limit;
        this.nanoClock = nanoClock;
        this.scheduler = scheduler;
        this.takesTooLong = takesTooLong;
    }

    /** Adds one of the calls in flight; returns false, and does not add it, if the worker has too many of them. */
    boolean add(Exchange exchange) {
        if (!limit.add()) {
            return false;
        }
        exchange.markAbandoned(nanoClock.getAsLong());
        watch(AbandonedLimit.MAX_MILLIS);
        return true;
    }

    /** Its response has arrived, or will not. */
    void end(Exchange exchange) {
        limit.remove();
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
        Exchange first = inFlight.peek();
        if (first == null) {
            return;
        }
        long left = first.isSettled()
                ? AbandonedLimit.MAX_MILLIS
                        - TimeUnit.NANOSECONDS.toMillis(nanoClock.getAsLong() - first.abandonedAtNanos())
                : AbandonedLimit.MAX_MILLIS;
        if (left <= 0) {
            takesTooLong.run();
        } else if (inFlight.stream().anyMatch(Exchange::isSettled)) {
            watch(left);
        }
    }
}
