package dev.foretell.router.upstream;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a worker that announces batches is sent any. After three in a row whose answer was none it gets its calls singly
 * for thirty seconds; from then on one more such answer is enough. The listener is told when it begins and when it is over.
 * Thread-safe; has at most one timer.
 */
final class BatchTrust {
    static final int MOST_WRONG = 3;
    static final long PAUSE_MILLIS = 30_000;
    private static final Logger LOG = LoggerFactory.getLogger(BatchTrust.class);

    private final Object seat;
    private final BusyTime.Timers timers;
    private final Runnable changed;
    private final AtomicInteger wrongInARow = new AtomicInteger();
    private final AtomicBoolean lost = new AtomicBoolean();

    /** @param seat only named in logs */
    BatchTrust(Object seat, BusyTime.Timers timers, Runnable changed) {
        this.seat = seat;
        this.timers = timers;
        this.changed = changed;
    }

    boolean isLost() {
        return lost.get();
    }

    /** A batch was answered as batches are, whatever became of its calls. */
    void right() {
        if (wrongInARow.get() > 0 && wrongInARow.getAndSet(0) >= MOST_WRONG) {
            LOG.info("{}: answers batches again", seat);
        }
    }

    /** The answer to a batch was none. */
    void wrong() {
        int wrong = wrongInARow.incrementAndGet();
        if (wrong == MOST_WRONG) {
            LOG.warn("{}: announces batches but does not answer them as such, it gets its calls singly", seat);
        }
        if (wrong >= MOST_WRONG && lost.compareAndSet(false, true)) {
            changed.run();
            timers.after(PAUSE_MILLIS, this::giveAnotherChance);
        }
    }

    private void giveAnotherChance() {
        lost.set(false);
        changed.run();
    }
}
