package dev.foretell.router.batch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The number of calls that fill a batch. With a target, it grows by one after a hundred batches with at most one late
 * one, and shrinks by a tenth as soon as a second one is late: more than one in a hundred means that the p99 is over
 * the target. Confined to one event loop.
 *
 * <p>Source: Crankshaw et al., "Clipper" (NSDI 2017), 4.3.
 */
final class BatchSize {
    private static final int ROUND = 100;
    private static final double SHRINK = 0.9;

    private final int max;
    private final long targetNanos;
    private int size;
    private int seen;
    private int late;
    private boolean filled;

    BatchSize(int max, @Nullable Duration targetP99) {
        this.max = max;
        this.targetNanos = targetP99 == null ? Long.MAX_VALUE : targetP99.toNanos();
        this.size = targetP99 == null ? max : Math.min(max, 2);
    }

    int current() {
        return size;
    }

    /** Records the duration of a batch with this number of calls. */
    void observe(int calls, long nanos) {
        seen++;
        late += nanos > targetNanos ? 1 : 0;
        filled |= calls >= size;
        if (late > ROUND / 100) {
            startRound(Math.max(1, (int) (size * SHRINK)));
        } else if (seen == ROUND) {
            startRound(filled ? Math.min(max, size + 1) : size);
        }
    }

    private void startRound(int next) {
        size = next;
        seen = 0;
        late = 0;
        filled = false;
    }
}
