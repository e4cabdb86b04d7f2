package dev.foretell.router.upstream.pool;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records bytes from a worker that belong to no request. For a while after each such fault, each of its connections is
 * used for only one call, so that late bytes cannot be taken for the next response. Thread-safe, without locks.
 */
public final class StrayResponses {
    /** How long no connection is used twice. */
    public static final Duration PENALTY = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(StrayResponses.class);

    private final String worker;
    private final LongSupplier nanoClock;
    private final LongAdder count = new LongAdder();
    private final AtomicLong lastNanos;

    /** The kind of fault. */
    public enum Kind {
        UNASKED("a response, or a part of one, that belongs to no request"),
        TRAILING("bytes after the end of a response"),
        MISPLACED("a response without the echo of its request, or with another one"),
        UNREADABLE("bytes that are not a response, after other responses");

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
                    "Worker {} sent {}. The router closed that connection and sends its calls elsewhere. Until"
                            + " no such fault has occurred"
                            + " for {} s, it uses each connection to this worker for only one call",
                    worker,
                    kind.words,
                    PENALTY.toSeconds());
        }
    }

    /** Whether the last fault is so recent that no connection may be used twice. */
    public boolean isRecent() {
        return nanoClock.getAsLong() - lastNanos.get() <= PENALTY.toNanos();
    }

    /** The number since the router started. */
    public long count() {
        return count.sum();
    }
}
