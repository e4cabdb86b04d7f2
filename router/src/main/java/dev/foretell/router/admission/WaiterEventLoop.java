package dev.foretell.router.admission;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The event loop of a waiting call. */
interface WaiterEventLoop {
    /** Runs a step on the loop soon. Any thread may call it. */
    void run(Runnable step);

    /**
     * Runs a step on the loop after a delay, never early. Returns a function that cancels it. Call it only on the loop.
     */
    Runnable after(long nanos, Runnable step);

    static WaiterEventLoop current() {
        Context context = Objects.requireNonNull(Vertx.currentContext(), "not on an event loop");
        return new WaiterEventLoop() {
            @Override
            public void run(Runnable step) {
                context.runOnContext(v -> step.run());
            }

            @Override
            public Runnable after(long nanos, Runnable step) {
                long millis = TimeUnit.NANOSECONDS.toMillis(nanos + 999_999);
                long timer = context.owner().setTimer(Math.max(1, millis), id -> step.run());
                return () -> context.owner().cancelTimer(timer);
            }
        };
    }
}
