package dev.foretell.router.upstream;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Whether a worker answers at all, as far as all event loops know: one that has calls and answers nothing for twenty times the
 * 99th percentile of its own answers, and a tenth of a second at least, is suspected to be frozen; one that is late for a probe
 * while it has calls may be busy with them. Either gets no new calls while another is there. Thread-safe.
 */
final class Suspicion {
    static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int TIMES = 20;
    private static final int TIMES_LATE = 4;

    private final Runnable moved;
    private final LongAdder suspicions = new LongAdder();
    private volatile long heardAtNanos;
    private volatile long silentAtNanos;
    private volatile boolean silent;
    private volatile boolean late;

    /** @param moved told whenever it becomes suspected, or no longer is */
    Suspicion(long nowNanos, Runnable moved) {
        this.heardAtNanos = nowNanos;
        this.moved = moved;
    }

    /** How long a worker may answer nothing, a shorter time where it is late for a probe too; negative where that is not known. */
    long patienceNanos(long p99Nanos) {
        if (p99Nanos < 0) {
            return -1;
        }
        long usual = Math.max(LEAST_NANOS, TIMES * p99Nanos);
        return late ? Math.min(usual, Math.max(LATE_NANOS, TIMES_LATE * p99Nanos)) : usual;
    }

    /**
     * The same of a worker that has yet to say how fast it is, and is late for a probe: by how fast others are with the model, and
     * a second at least.
     */
    static long patienceNanosByOthers(long p99Nanos) {
        return p99Nanos < 0 ? -1 : Math.max(LATE_NANOS, TIMES * p99Nanos);
    }

    boolean isLate() {
        return late;
    }

    boolean isSuspected() {
        return silent || late;
    }

    /** How often it fell silent. */
    long count() {
        return suspicions.sum();
    }

    /** When something of it last came, at any event loop. */
    long heardAtNanos() {
        return heardAtNanos;
    }

    void heard(long nowNanos) {
        heardAtNanos = nowNanos;
        update(false, false);
    }

    /** It leaves calls without an answer. Said again every moment while it does. */
    void fellSilent(long nowNanos) {
        silentAtNanos = nowNanos;
        update(true, late);
    }

    /** It has calls, and did not answer a probe in time. */
    void wasLate() {
        update(silent, true);
    }

    /** It has answered a probe: it is well, unless it still leaves calls without an answer. */
    void passed(long nowNanos) {
        update(silent && nowNanos - silentAtNanos < LEAST_NANOS, false);
    }

    private void update(boolean isSilent, boolean isLate) {
        if (silent == isSilent && late == isLate) {
            return;
        }
        boolean before;
        boolean after;
        synchronized (this) {
            before = isSuspected();
            if (isSilent && !silent) {
                suspicions.increment();
            }
            silent = isSilent;
            late = isLate;
            after = isSuspected();
        }
        if (before != after) {
            moved.run();
        }
    }
}
