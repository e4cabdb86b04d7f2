package dev.foretell.router.upstream.pool;

import dev.foretell.router.upstream.measure.LastChange;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Whether a worker responds at all, as known to all event loops. A worker with calls that is silent for twenty times
 * the 99th percentile of its responses, and at least a tenth of a second, is suspected to be frozen. A worker that is
 * silent for four times the usual time of its calls is probed. If it is late for that probe, or for any other while it
 * has calls, it is frozen if it is attentive; otherwise it may be busy with its calls. In both cases it gets no new
 * calls while another worker is available. Thread-safe.
 */
public final class Suspicion {
    public static final long MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long FEW_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** A silent worker with calls is probed after this time at the latest. */
    private static final long MAX_UNASKED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int TIMES = 20;
    private static final int TIMES_LATE = 4;
    private static final int TIMES_ASKED = 4;

    private final LongSupplier nanoClock;
    private final Runnable moved;
    private final Runnable probe;
    private final LongAdder suspicions = new LongAdder();
    private volatile long heardAtNanos;
    private volatile long silentAtNanos;
    private volatile long askedAtNanos;
    private volatile long passedAtNanos;
    private volatile boolean silent;
    private volatile boolean late;
    private volatile LastChange change = LastChange.NEVER;

    /**
     * @param moved called at each change
     * @param probe probes the worker now
     */
    public Suspicion(LongSupplier nanoClock, Runnable moved, Runnable probe) {
        long nowNanos = nanoClock.getAsLong();
        this.nanoClock = nanoClock;
        this.heardAtNanos = nowNanos;
        this.askedAtNanos = nowNanos - ASK_AGAIN_NANOS;
        this.passedAtNanos = nowNanos;
        this.moved = moved;
        this.probe = probe;
    }

    /**
     * How long a worker may be silent, less if it is also late for a probe; negative if unknown.
     *
     * @param attentive whether it responds to probes whatever it is doing
     */
    long patienceNanos(long p99Nanos, boolean attentive) {
        if (late && attentive) {
            return MIN_NANOS;
        }
        if (p99Nanos < 0) {
            return -1;
        }
        long usual = Math.max(MIN_NANOS, TIMES * p99Nanos);
        return late ? Math.min(usual, Math.max(LATE_NANOS, TIMES_LATE * p99Nanos)) : usual;
    }

    /**
     * The same for a worker with an unknown speed that is late for a probe: by the speed of other workers of the model,
     * and at least a second.
     */
    static long patienceNanosByOthers(long p99Nanos) {
        return p99Nanos < 0 ? -1 : Math.max(LATE_NANOS, TIMES * p99Nanos);
    }

    /**
     * The same if the model has hardly any responses yet: by the slowest response of any worker, and at least ten
     * seconds, because few responses say little about the slowest.
     */
    static long patienceNanosByFew(long slowestNanos) {
        return slowestNanos < 0 ? -1 : Math.max(FEW_NANOS, TIMES * slowestNanos);
    }

    /**
     * How long a worker may be silent before it is probed: four times the usual time of its calls.
     *
     * @param usualNanos 0 if unknown
     */
    static long probeAfterNanos(long usualNanos) {
        return usualNanos == 0
                ? MAX_UNASKED_NANOS
                : Math.min(MAX_UNASKED_NANOS, Math.max(MIN_NANOS, TIMES_ASKED * usualNanos));
    }

    boolean isLate() {
        return late;
    }

    public boolean isSuspected() {
        return silent || late;
    }

    /** When it last became suspected, or ceased to be. */
    LastChange change() {
        return change;
    }

    /** The number of times that it fell silent. */
    long count() {
        return suspicions.sum();
    }

    /** When something last arrived from it, at any event loop. */
    public long lastHeardNanos() {
        return heardAtNanos;
    }

    public void onData(long nowNanos) {
        heardAtNanos = nowNanos;
        update(false, false);
    }

    /** It is silent while it has calls. Repeated while this lasts. */
    public void fellSilent(long nowNanos) {
        silentAtNanos = nowNanos;
        update(true, late);
    }

    /**
     * It has been silent with a call for so long that it is probed, unless it has been heard since.
     *
     * @param unaskedNanos how long it may be silent
     */
    public void wonders(long nowNanos, long unaskedNanos) {
        if (nowNanos - passedAtNanos >= unaskedNanos && nowNanos - askedAtNanos >= ASK_AGAIN_NANOS) {
            askedAtNanos = nowNanos;
            probe.run();
        }
    }

    /** It has calls, and its response to the probe sent at this time is later than it ever was. */
    void onLateProbeSince(long sentNanos) {
        if (heardAtNanos - sentNanos < 0) {
            onLateProbe();
        }
    }

    /** It has calls, and did not respond to a probe in time. */
    void onLateProbe() {
        update(silent, true);
    }

    /** It has responded to the probe sent at this time: it is healthy, unless it was silent to calls after that. */
    public void onProbePass(long sentNanos, long nowNanos) {
        passedAtNanos = nowNanos;
        update(silent && sentNanos - silentAtNanos < 0, false);
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
            if (before != after) {
                change = LastChange.at(nanoClock.getAsLong());
            }
        }
        if (before != after) {
            moved.run();
        }
    }
}
