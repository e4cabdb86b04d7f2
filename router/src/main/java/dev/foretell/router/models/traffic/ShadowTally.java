package dev.foretell.router.models.traffic;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** How a shadow's answers compare with those that were given. Thread-safe. */
final class ShadowTally {
    private static final int MAX_IN_FLIGHT = 32;
    private static final int MAX_KEPT = 5;

    private final AtomicInteger inFlight = new AtomicInteger();
    private final LongAdder compared = new LongAdder();
    private final LongAdder disagreed = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final PriorityQueue<Kept> largest = new PriorityQueue<>(Comparator.comparing(Kept::magnitude));

    /** A difference, as it is shown, and the id of the request, where its caller gave one. */
    record Kept(
            double magnitude,
            String at,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String requestId) {}

    /** Whether there is room for one more copy; it must be {@link #end ended}. One that finds none is dropped. */
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
            keep(new Kept(diff.magnitude(), diff.at(), requestId));
        }
    }

    private synchronized void keep(Kept diff) {
        largest.add(diff);
        if (largest.size() > MAX_KEPT) {
            largest.poll();
        }
    }

    /** The share of compared answers that differ. */
    double disagreement() {
        long sum = compared.sum();
        return sum == 0 ? 0 : (double) disagreed.sum() / sum;
    }

    /** For people. */
    Map<String, Object> view() {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("compared", compared.sum());
        shown.put("disagreed", disagreed.sum());
        shown.put("disagreement", disagreement());
        shown.put("failed", failed.sum());
        shown.put("dropped", dropped.sum());
        shown.put("largest", largest());
        return shown;
    }

    private synchronized List<Kept> largest() {
        return largest.stream()
                .sorted(Comparator.comparing(Kept::magnitude).reversed())
                .toList();
    }
}
