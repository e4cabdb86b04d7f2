package dev.foretell.router.upstream.breaker;

import dev.foretell.commons.time.Scheduler;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a worker that announces batches is sent any. After three in a row whose answer was none it gets its calls singly
 * for thirty seconds; from then on one more such answer is enough. The listener is told when it begins and when it is over.
 * Thread-safe; has at most one timer.
 */
public final class BatchTrust {
    static final int MAX_WRONG = 3;
    static final long PAUSE_MILLIS = 30_000;
    private static final Logger LOG = LoggerFactory.getLogger(BatchTrust.class);

    private final Object seat;
    private final Scheduler scheduler;
    private final Runnable changed;
    private final AtomicInteger wrongInARow = new AtomicInteger();
    private final AtomicBoolean lost = new AtomicBoolean();

    /** @param endpoint only named in logs */
    public BatchTrust(Object seat, Scheduler scheduler, Runnable changed) {
        this.seat = seat;
        this.scheduler = scheduler;
        this.changed = changed;
    }

    public boolean isLost() {
        return lost.get();
    }

    /** A batch was answered as batches are, whatever became of its calls. */
    public void right() {
        if (wrongInARow.get() > 0 && wrongInARow.getAndSet(0) >= MAX_WRONG) {
            LOG.info("{}: answers batches again", seat);
        }
    }

    /** The answer to a batch was none. */
    public void wrong() {
        int wrong = wrongInARow.incrementAndGet();
        if (wrong == MAX_WRONG) {
            LOG.warn("{}: announces batches but does not answer them as such, it gets its calls singly", seat);
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
