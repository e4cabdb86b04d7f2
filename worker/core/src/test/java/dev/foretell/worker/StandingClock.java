package dev.foretell.worker;

import java.util.function.LongSupplier;

/** A clock that may stand still, so that no call is slow however busy the machine is. It never goes back. */
public final class StandingClock implements LongSupplier {
    private long behind;
    private long stoodAt;
    private boolean stands;

    public RunningWorker start(Worker worker) {
        return worker.start(this);
    }

    /** Calls a function that answers with its thread's name until it runs on an event loop, as it does once it is known to be fast. */
    public void stillUntilOnEventLoop(KeptConnection caller, String path, String body) {
        stand();
        try {
            for (int i = 0; i < 10_000; i++) {
                if (caller.post(path, body).contains("eventloop")) {
                    return;
                }
            }
        } finally {
            goOn();
        }
        throw new AssertionError("never ran on the event loop");
    }

    private synchronized void stand() {
        stoodAt = getAsLong();
        stands = true;
    }

    private synchronized void goOn() {
        stands = false;
        behind = System.nanoTime() - stoodAt;
    }

    @Override
    public synchronized long getAsLong() {
        return stands ? stoodAt : System.nanoTime() - behind;
    }
}
