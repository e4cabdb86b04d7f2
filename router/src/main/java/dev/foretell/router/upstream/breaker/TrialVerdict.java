package dev.foretell.router.upstream.breaker;

/**
 * Judges a half-open worker by a few trial calls: two that went well readmit it, two that failed eject it again. Trials that
 * tell nothing (their caller hung up) are given back; those that were never answered are written off when time is up, so
 * that the worker gets others. Says its verdict once. Thread-safe.
 */
public final class TrialVerdict {
    private static final int MAX_AT_ONCE = 3;
    private static final int ENOUGH = 2;

    /** Told the verdict, with no lock held. */
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

    /** Takes a trial call; false where enough are under way. */
    synchronized boolean begin() {
        boolean mayBegin = !decided && underWay + passed + failed < MAX_AT_ONCE;
        underWay += mayBegin ? 1 : 0;
        return mayBegin;
    }

    /** Whether its time is to be measured from now on: true for the first trial that began, and again after it was up. */
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

    /** The trial told nothing. */
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

    /** Judges by what came; where nothing did, there are new trials. */
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
