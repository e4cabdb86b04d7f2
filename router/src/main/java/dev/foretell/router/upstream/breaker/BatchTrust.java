package dev.foretell.router.upstream.breaker;

import dev.foretell.commons.time.Scheduler;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a worker that announces batches gets any. After three consecutive invalid batch responses, it gets its calls
 * singly for thirty seconds. After that, one more invalid response is enough. The listener is called at the start and
 * the end of such a period. Thread-safe; has at most one timer.
 */
public final class BatchTrust {
    static final int MAX_WRONG = 3;
    static final long PAUSE_MILLIS = 30_000;
    private static final Logger LOG = LoggerFactory.getLogger(BatchTrust.class);

    private final Object endpoint;
    private final Scheduler scheduler;
    private final Runnable changed;
    private final AtomicInteger wrongInARow = new AtomicInteger();
    private final AtomicBoolean lost = new AtomicBoolean();

    /** @param endpoint only its name in logs */
    public BatchTrust(Object endpoint, Scheduler scheduler, Runnable changed) {
        this.endpoint = endpoint;
        this.scheduler = scheduler;
        this.changed = changed;
    }

    public boolean isLost() {
        return lost.get();
    }

    /** A batch got a valid response, whatever became of its calls. */
    public void right() {
        if (wrongInARow.get() > 0 && wrongInARow.getAndSet(0) >= MAX_WRONG) {
            LOG.info("{} responds to batches again", endpoint);
        }
    }

    /** The response to a batch was invalid. */
    public void wrong() {
        int wrong = wrongInARow.incrementAndGet();
        if (wrong == MAX_WRONG) {
            LOG.warn("{} announces batches but its responses to them are invalid; it gets its calls singly", endpoint);
        }
        if (wrong >= MAX_WRONG && lost.compareAndSet(false, true)) {
            changed.run();
            scheduler.after(PAUSE_MILLIS, this::giveAnotherChance);
        }
    }

    private void giveAnotherChance() {
        lost.set(false);
        changed.run();
    }
}
