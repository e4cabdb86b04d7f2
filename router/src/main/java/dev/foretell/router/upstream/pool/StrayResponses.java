package dev.foretell.router.upstream.pool;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker sent that nobody asked it for. For a while after each such fault its connections are used for one call each,
 * so that what comes late cannot be taken for the answer to the next. Thread-safe, without locks.
 */
public final class StrayResponses {
    /** How long no connection is used twice. */
    public static final Duration PENALTY = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(StrayResponses.class);

    private final String worker;
    private final LongSupplier nanoClock;
    private final LongAdder count = new LongAdder();
    private final AtomicLong lastNanos;

    /** What was wrong. */
    public enum Kind {
        UNASKED("an answer, or a part of one, that nobody asked for"),
        TRAILING("bytes beyond the end of an answer"),
        MISPLACED("an answer without the echo of its request, or with that of another"),
        UNREADABLE("something else than an answer, behind others");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    public StrayResponses(String worker, LongSupplier nanoClock) {
        this.worker = worker;
        this.nanoClock = nanoClock;
        this.lastNanos = new AtomicLong(nanoClock.getAsLong() - PENALTY.toNanos() - 1);
    }

    public void note(Kind kind) {
        count.increment();
        long now = nanoClock.getAsLong();
        long before = lastNanos.getAndSet(now);
        if (now - before > PENALTY.toNanos()) {
            LOG.warn(
                    "Worker {} sent {}: that connection was closed, its calls go elsewhere; until it has sent no such thing"
                            + " for {} s, each of its connections is used for one call",
                    worker,
                    kind.words,
                    PENALTY.toSeconds());
        }
    }

    /** Whether the last fault is so recent that no connection is to be used twice. */
    public boolean isRecent() {
        return nanoClock.getAsLong() - lastNanos.get() <= PENALTY.toNanos();
    }

    /** Since the router started. */
    public long count() {
        return count.sum();
    }
}
