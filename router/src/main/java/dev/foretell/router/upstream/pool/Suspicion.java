package dev.foretell.router.upstream.pool;

import dev.foretell.router.upstream.measure.LastChange;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Whether a worker answers at all, as far as all event loops know: one that has calls and answers nothing for twenty times the
 * 99th percentile of its own answers, and a tenth of a second at least, is suspected to be frozen. One that says nothing for
 * four times what its calls take is asked, by a probe; if it is late for that, or for any other while it has calls, it is frozen
 * where it is attentive, and may be busy with them where it is not. Either gets no new calls while another is there. Thread-safe.
 */
public final class Suspicion {
    public static final long MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long FEW_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Longer than this no worker with calls says nothing without being asked. */
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
     * @param moved told whenever it becomes suspected, or no longer is
     * @param probe has it probed now
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
     * How long a worker may answer nothing, a shorter time where it is late for a probe too; negative where that is not known.
     *
     * @param attentive whether it answers probes whatever it is at
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
     * The same of a worker that has yet to say how fast it is, and is late for a probe: by how fast others are with the model, and
     * a second at least.
     */
    static long patienceNanosByOthers(long p99Nanos) {
        return p99Nanos < 0 ? -1 : Math.max(LATE_NANOS, TIMES * p99Nanos);
    }

    /**
     * The same where hardly anybody has answered a call of the model yet: by the slowest answer of any, and ten seconds at least,
     * for few answers say little of the slowest.
     */
    static long patienceNanosByFew(long slowestNanos) {
        return slowestNanos < 0 ? -1 : Math.max(FEW_NANOS, TIMES * slowestNanos);
    }

    /**
     * How long a worker may answer nothing before it is asked whether it is there: four times what its calls take.
     *
     * @param usualNanos 0 where that is not known
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

    /** When it last became suspected, or no longer was. */
    LastChange change() {
        return change;
    }

    /** How often it fell silent. */
    long count() {
        return suspicions.sum();
    }

    /** When something of it last came, at any event loop. */
    public long lastHeardNanos() {
        return heardAtNanos;
    }

    public void onData(long nowNanos) {
        heardAtNanos = nowNanos;
        update(false, false);
    }

    /** It leaves calls without an answer. Said again every moment while it does. */
    public void fellSilent(long nowNanos) {
        silentAtNanos = nowNanos;
        update(true, late);
    }

    /**
     * It leaves a call without an answer for so long that it is asked whether it is there, unless it has said so since.
     *
     * @param unaskedNanos how long it may say nothing
     */
    public void wonders(long nowNanos, long unaskedNanos) {
        if (nowNanos - passedAtNanos >= unaskedNanos && nowNanos - askedAtNanos >= ASK_AGAIN_NANOS) {
            askedAtNanos = nowNanos;
            probe.run();
        }
    }

    /** It has calls, and leaves a probe that was sent then without an answer for longer than it ever does. */
    void onLateProbeSince(long sentNanos) {
        if (heardAtNanos - sentNanos < 0) {
            onLateProbe();
        }
    }

    /** It has calls, and did not answer a probe in time. */
    void onLateProbe() {
        update(silent, true);
    }

    /** It has answered a probe that was sent then: it is well, unless it left calls without an answer after that. */
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
