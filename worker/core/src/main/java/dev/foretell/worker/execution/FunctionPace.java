package dev.foretell.worker.execution;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a function has proven fast enough for an event loop: about a thousand calls on threads, nearly all under 50
 * µs. The first slow call moves it back to the threads: for ten minutes, doubled each time, if the function was at
 * fault; for 64 fast calls if that is unclear, or for ten seconds, doubled each time, once that happens too often.
 * Thread-safe; this object guards the fields that are neither volatile nor atomic.
 */
public final class FunctionPace {
    private static final Logger LOG = LoggerFactory.getLogger(FunctionPace.class);
    private static final long FAST_NANOS = 50_000;
    private static final int PROVEN = 1_000;
    private static final int AGAINST = 20;
    private static final int SHORT_LEAVE = 64;
    private static final long STALL_NANOS = 10_000_000;
    private static final long SUSPICIOUS = 500;
    private static final long GUILTY = 4 * SUSPICIOUS;
    private static final Duration AT_FAULT_LEAVE = Duration.ofMinutes(10);
    private static final Duration DOUBTFUL_LEAVE = Duration.ofSeconds(10);
    private static final int MAX_DOUBLINGS = 7;

    private final String name;
    private final LongSupplier nanoClock;
    private final AtomicInteger score = new AtomicInteger();
    private final LongAdder inlineCalls = new LongAdder();
    private volatile boolean fast;
    private boolean barred;
    private boolean sentenced;
    private long awayUntil;
    private int sentences;
    private long suspicion;
    private long callsAtSuspicion;

    FunctionPace(String name, LongSupplier nanoClock) {
        this.name = name;
        this.nanoClock = nanoClock;
    }

    /** Whether the next call may run on the event loop. */
    public boolean isFast() {
        return fast;
    }

    /** A call on a thread has ended. */
    void recordOffLoop(long wallNanos) {
        if (fast) {
            return;
        }
        int point = wallNanos < FAST_NANOS ? 1 : -AGAINST;
        if (score.accumulateAndGet(point, (before, more) -> Math.max(0, before + more)) >= PROVEN) {
            promote();
        }
    }

    /** A call on an event loop was fast. */
    void recordOnLoop() {
        inlineCalls.increment();
    }

    /** A call on an event loop was slow. */
    synchronized void recordStall(long wallNanos, Stall why) {
        switch (why) {
            case AT_FAULT -> sentence(wallNanos, AT_FAULT_LEAVE);
            case EXCUSED -> fast = !barred && !sentenced;
            case UNCLEAR -> doubt(wallNanos);
        }
    }

    private void doubt(long wallNanos) {
        if (suspect(wallNanos) >= GUILTY) {
            sentence(wallNanos, DOUBTFUL_LEAVE);
        } else {
            suspend();
            score.set(PROVEN - SHORT_LEAVE);
        }
    }

    /** Moves it off the event loops while it is not known how slow its current call will be. */
    synchronized void suspend() {
        fast = false;
        score.set(0);
    }

    /**
     * Its results arrive later, in stages. A call must take its place before it starts, so the function never runs
     * inline.
     */
    synchronized void bar() {
        barred = true;
        fast = false;
    }

    private synchronized void promote() {
        if (barred || (sentenced && nanoClock.getAsLong() - awayUntil < 0)) {
            score.set(0);
        } else {
            LOG.debug("{} runs on the event loops from now on", name);
            sentenced = false;
            fast = true;
        }
    }

    /** One in 500 calls may be slightly slow for an unknown reason. */
    private long suspect(long wallNanos) {
        long calls = inlineCalls.sum();
        long worn = Math.max(0, suspicion - (calls - callsAtSuspicion));
        callsAtSuspicion = calls;
        suspicion = worn + SUSPICIOUS * (1 + wallNanos / STALL_NANOS);
        return suspicion;
    }

    private void sentence(long wallNanos, Duration first) {
        Duration leave = first.multipliedBy(1L << Math.min(sentences++, MAX_DOUBLINGS));
        suspend();
        sentenced = true;
        awayUntil = nanoClock.getAsLong() + leave.toNanos();
        suspicion = 0;
        LOG.info(
                "{} blocked an event loop for {} ms; it runs on worker threads for {} s",
                name,
                wallNanos / 1_000_000,
                leave.toSeconds());
    }
}
