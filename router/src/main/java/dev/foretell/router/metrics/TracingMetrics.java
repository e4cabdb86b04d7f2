package dev.foretell.router.metrics;

import dev.foretell.tracing.SpanCounts;
import dev.foretell.tracing.Tracing;
import java.util.List;
import java.util.function.Consumer;

/** The metrics of the spans on their way to the collector; none while tracing is off. Thread-safe. */
public record TracingMetrics(Tracing tracing) {
    /** The sources of a family. */
    List<Consumer<Page>> sources(Family family) {
        SpanCounts counts = tracing.counts();
        return counts == null || family != Family.SPANS ? List.of() : List.of(page -> write(page, counts));
    }

    private static void write(Page page, SpanCounts counts) {
        page.value(counts.exported(), "exported");
        page.value(counts.dropped(), "dropped");
        page.value(counts.failed(), "failed");
    }
}
