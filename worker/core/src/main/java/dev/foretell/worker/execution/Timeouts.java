package dev.foretell.worker.execution;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The timeouts of one event loop, nearly all of which are cancelled. Setting or cancelling one costs a few writes; a
 * single timer checks all of them every ten milliseconds while there are any. They fire late by that much at most,
 * never early. Confined to its event loop.
 */
public final class Timeouts {
    private static final long TICK_MS = 10;

    private final Vertx vertx;
    private final LongSupplier nanoClock;
    private final Timeout head = new Timeout(0, () -> {});
    private boolean turning;

    Timeouts(Vertx vertx, LongSupplier nanoClock) {
        this.vertx = vertx;
        this.nanoClock = nanoClock;
    }

    /** An element of the ring that {@code head} closes, until it is cancelled or fires. */
    public final class Timeout {
        private final long atNanos;
        private final Runnable action;
        private Timeout before = this;
        private Timeout after = this;

        private Timeout(long atNanos, Runnable action) {
            this.atNanos = atNanos;
            this.action = action;
        }

        /** Harmless if it has fired or was cancelled before. */
        public void cancel() {
            before.after = after;
            after.before = before;
            before = this;
            after = this;
        }

        private void link() {
            before = head.before;
            after = head;
            before.after = this;
            head.before = this;
        }
    }

    /** The action must be harmless after the end of what it watches: all timeouts that are due at once fire. */
    public Timeout in(long nanos, Runnable action) {
        return at(nanoClock.getAsLong() + nanos, action);
    }

    Timeout at(long atNanos, Runnable action) {
        Timeout timeout = new Timeout(atNanos, action);
        timeout.link();
        if (!turning) {
            turning = true;
            vertx.setTimer(TICK_MS, timer -> sweep());
        }
        return timeout;
    }

    private void sweep() {
        due().forEach(timeout -> timeout.action.run());
        turning = head.after != head;
        if (turning) {
            vertx.setTimer(TICK_MS, timer -> sweep());
        }
    }

    private List<Timeout> due() {
        long now = nanoClock.getAsLong();
        List<Timeout> due = new ArrayList<>(0);
        for (Timeout at = head.after; at != head; ) {
            Timeout next = at.after;
            if (now - at.atNanos >= 0) {
                at.cancel();
                due.add(at);
            }
            at = next;
        }
        return due;
    }
}
