package dev.foretell.router.upstream.measure;

import dev.foretell.commons.wire.TraceParent;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * The last recorded call of each bucket of a histogram, by which a slow bucket leads to a trace (exemplars of OpenMetrics).
 * Takes memory only for models with recorded calls. Thread-safe, without locks.
 */
public final class TracedCalls {
    private final AtomicReferenceArray<TracedCall> last;
    private final long[] bounds;

    /**
     * A recorded call.
     *
     * @param nanos its duration
     * @param trace the place of its span
     * @param atMillis when it ended, since 1970
     */
    public record TracedCall(long nanos, TraceParent trace, long atMillis) {}

    TracedCalls(long... bounds) {
        this.bounds = bounds;
        this.last = new AtomicReferenceArray<>(bounds.length + 1);
    }

    void add(TracedCall call) {
        last.set(Histogram.bucketOf(bounds, call.nanos()), call);
    }

    List<TracedCall> read() {
        return IntStream.range(0, last.length())
                .mapToObj(last::get)
                .filter(Objects::nonNull)
                .toList();
    }
}
