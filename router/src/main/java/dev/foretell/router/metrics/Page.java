package dev.foretell.router.metrics;

import dev.foretell.router.upstream.measure.Histogram;
import dev.foretell.router.upstream.measure.TracedCalls;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Some points of one family. Values with the same labels are added up. Used by one thread. */
final class Page {
    private final Family family;
    private final Map<List<String>, Double> values = new LinkedHashMap<>();
    private final Map<List<String>, Spread> spreads = new LinkedHashMap<>();
    private final Map<List<String>, List<TracedCalls.TracedCall>> traced = new HashMap<>();

    Page(Family family) {
        this.family = family;
    }

    /**
     * A histogram.
     *
     * @param scale the divisor of the values
     */
    private record Spread(Histogram.Counted counted, double scale) {
        Spread plus(Spread other) {
            return new Spread(counted.plus(other.counted), scale);
        }

        double sum() {
            return counted.sum() / scale;
        }

        ClassicHistogramBuckets buckets() {
            ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
            for (int i = 0; i < counted.bounds().length; i++) {
                buckets.bucket(counted.bounds()[i] / scale, counted.counts()[i]);
            }
            return buckets.bucket(Double.POSITIVE_INFINITY, counted.counts()[counted.bounds().length])
                    .build();
        }
    }

    Family family() {
        return family;
    }

    /** A counter or a gauge. */
    void value(double value, String... labels) {
        values.merge(List.of(labels), value, Double::sum);
    }

    void flag(boolean on, String... labels) {
        value(on ? 1 : 0, labels);
    }

    /** A histogram of nanoseconds. */
    void durations(Histogram.Counted nanos, String... labels) {
        spread(new Spread(nanos, 1e9), labels);
    }

    /** The same, with the traces of some of them. */
    void durations(Histogram.Counted nanos, List<TracedCalls.TracedCall> calls, String... labels) {
        durations(nanos, labels);
        if (!calls.isEmpty()) {
            traced.put(List.of(labels), calls);
        }
    }

    /** A histogram of numbers. */
    void sizes(Histogram.Counted numbers, String... labels) {
        spread(new Spread(numbers, 1), labels);
    }

    /** Nanoseconds with a known sum but no distribution. */
    void total(long count, long nanos, String... labels) {
        spread(new Spread(new Histogram.Counted(new long[0], new long[] {count}, nanos), 1e9), labels);
    }

    private void spread(Spread spread, String... labels) {
        spreads.merge(List.of(labels), spread, Spread::plus);
    }

    boolean isEmpty() {
        return values.isEmpty() && spreads.isEmpty();
    }

    MetricSnapshot snapshot() {
        return switch (family.kind()) {
            case COUNTER -> counter(family, values);
            case GAUGE -> gauge(family, values);
            case HISTOGRAM -> histogram();
            case SUMMARY -> summary(family, spreads);
        };
    }

    private static MetricSnapshot counter(Family family, Map<List<String>, Double> points) {
        CounterSnapshot.Builder counter =
                CounterSnapshot.builder().name(family.metric()).help(family.help());
        points.forEach((labels, value) -> counter.dataPoint(CounterDataPointSnapshot.builder()
                .labels(Labels.of(family.labels(), labels))
                .value(value)
                .build()));
        return counter.build();
    }

    private static MetricSnapshot gauge(Family family, Map<List<String>, Double> points) {
        GaugeSnapshot.Builder gauge =
                GaugeSnapshot.builder().name(family.metric()).help(family.help());
        points.forEach((labels, value) -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(Labels.of(family.labels(), labels))
                .value(value)
                .build()));
        return gauge.build();
    }

    private MetricSnapshot histogram() {
        HistogramSnapshot.Builder histogram =
                HistogramSnapshot.builder().name(family.metric()).help(family.help());
        spreads.forEach((labels, spread) -> histogram.dataPoint(HistogramDataPointSnapshot.builder()
                .labels(Labels.of(family.labels(), labels))
                .classicHistogramBuckets(spread.buckets())
                .sum(spread.sum())
                .exemplars(exemplars(traced.getOrDefault(labels, List.of()), spread.scale()))
                .build()));
        return histogram.build();
    }

    /** Only OpenMetrics has room for them. */
    private static Exemplars exemplars(List<TracedCalls.TracedCall> traced, double scale) {
        return Exemplars.of(traced.stream()
                .map(call -> Exemplar.builder()
                        .value(call.nanos() / scale)
                        .traceId(call.trace().traceId())
                        .spanId(call.trace().spanId())
                        .timestampMillis(call.atMillis())
                        .build())
                .toList());
    }

    private static MetricSnapshot summary(Family family, Map<List<String>, Spread> points) {
        SummarySnapshot.Builder summary =
                SummarySnapshot.builder().name(family.metric()).help(family.help());
        points.forEach((labels, spread) -> summary.dataPoint(SummaryDataPointSnapshot.builder()
                .labels(Labels.of(family.labels(), labels))
                .count(spread.counted().count())
                .sum(spread.sum())
                .build()));
        return summary.build();
    }
}
