package dev.foretell.router.models.traffic;

import dev.foretell.router.models.traffic.ShadowFigures.Difference;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Compares a shadow's responses with the real ones. Thread-safe. */
final class ShadowTally {
    private static final int MAX_IN_FLIGHT = 32;
    private static final int MAX_KEPT = 5;

    private final AtomicInteger inFlight = new AtomicInteger();
    private final LongAdder compared = new LongAdder();
    private final LongAdder disagreed = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final PriorityQueue<Difference> largest = new PriorityQueue<>(Comparator.comparing(Difference::magnitude));

    /** Whether one more shadow call may run; its sender must {@link #end} it. Otherwise it is dropped. */
    boolean begin() {
        if (inFlight.incrementAndGet() <= MAX_IN_FLIGHT) {
            return true;
        }
        inFlight.decrementAndGet();
        dropped.increment();
        return false;
    }

    void end() {
        inFlight.decrementAndGet();
    }

    void recordFailure() {
        failed.increment();
    }

    void recordComparison(ResponseDiff diff, @Nullable String requestId) {
        compared.increment();
        if (diff.magnitude() > 0) {
            disagreed.increment();
            keep(new Difference(diff.magnitude(), diff.at(), requestId));
        }
    }

    private synchronized void keep(Difference diff) {
        largest.add(diff);
        if (largest.size() > MAX_KEPT) {
            largest.poll();
        }
    }

    /** The share of compared responses that differ. */
    double disagreement() {
        long sum = compared.sum();
        return sum == 0 ? 0 : (double) disagreed.sum() / sum;
    }

    ShadowFigures figures() {
        return new ShadowFigures(
                compared.sum(), disagreed.sum(), disagreement(), failed.sum(), dropped.sum(), largest());
    }

    private synchronized List<Difference> largest() {
        return largest.stream()
                .sorted(Comparator.comparing(Difference::magnitude).reversed())
                .toList();
    }
}
