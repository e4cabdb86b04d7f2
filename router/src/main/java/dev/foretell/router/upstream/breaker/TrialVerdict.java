package dev.foretell.router.upstream.breaker;

/**
 * Judges a half-open worker by a few trial calls: two successes readmit it, two failures eject it again. An
 * inconclusive trial (its caller hung up) is given back. Trials without a response are written off at the time limit,
 * and the worker gets new ones. Reports its verdict once. Thread-safe.
 */
public final class TrialVerdict {
    private static final int MAX_AT_ONCE = 3;
    private static final int ENOUGH = 2;

    /** Receives the verdict; called without holding a lock. */
    interface Listener {
        void decide(boolean readmit);
    }

    private final Listener listener;
    private int underWay;
    private int passed;
    private int failed;
    private boolean clockRuns;
    private boolean decided;
    private boolean readmit;

    TrialVerdict(Listener listener) {
        this.listener = listener;
    }

    /** Takes a trial call; false if enough are in flight. */
    synchronized boolean begin() {
        boolean mayBegin = !decided && underWay + passed + failed < MAX_AT_ONCE;
        underWay += mayBegin ? 1 : 0;
        return mayBegin;
    }

    /** Whether to start the time limit: true for the first trial, and again after the limit has passed. */
    synchronized boolean startsClock() {
        boolean starts = !clockRuns;
        clockRuns = true;
        return starts;
    }

    public void recordSuccess() {
        end(1, 0);
    }

    public void recordFailure() {
        end(0, 1);
    }

    /** The trial was inconclusive. */
    public void giveBack() {
        end(0, 0);
    }

    private void end(int good, int bad) {
        boolean now;
        synchronized (this) {
            underWay = Math.max(0, underWay - 1);
            passed += good;
            failed += bad;
            now = decide(ENOUGH);
        }
        tellIf(now);
    }

    /** Judges by the finished trials; without any, new trials start. */
    void timeIsUp() {
        boolean now;
        synchronized (this) {
            underWay = 0;
            clockRuns = false;
            now = decide(1);
        }
        tellIf(now);
    }

    private boolean decide(int enough) {
        boolean now = !decided && Math.max(passed, failed) >= enough;
        if (now) {
            decided = true;
            readmit = passed > failed;
        }
        return now;
    }

    private void tellIf(boolean now) {
        if (now) {
            listener.decide(readmit);
        }
    }
}
