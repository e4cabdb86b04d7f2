package dev.foretell.router.metrics;

import dev.foretell.router.upstream.Histogram;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one scrape shows. What is written of the same labels twice is added up. Used by one thread. */
final class Page {
    private final Map<Family, Map<List<String>, Double>> values = new EnumMap<>(Family.class);
    private final Map<Family, Map<List<String>, Spread>> spreads = new EnumMap<>(Family.class);

    /**
     * Many values as one.
     *
     * @param scale what the values are divided by
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

    /** A counter or a gauge. */
    void value(Family family, double value, String... labels) {
        values.computeIfAbsent(family, f -> new LinkedHashMap<>()).merge(List.of(labels), value, Double::sum);
    }

    void flag(Family family, boolean on, String... labels) {
        value(family, on ? 1 : 0, labels);
    }

    /** A histogram of nanoseconds. */
    void durations(Family family, Histogram.Counted nanos, String... labels) {
        spread(family, new Spread(nanos, 1e9), labels);
    }

    /** A histogram of numbers. */
    void sizes(Family family, Histogram.Counted numbers, String... labels) {
        spread(family, new Spread(numbers, 1), labels);
    }

    /** Nanoseconds of which only the sum is known. */
    void total(Family family, long count, long nanos, String... labels) {
        spread(family, new Spread(new Histogram.Counted(new long[0], new long[] {count}, nanos), 1e9), labels);
    }

    private void spread(Family family, Spread spread, String... labels) {
        spreads.computeIfAbsent(family, f -> new LinkedHashMap<>()).merge(List.of(labels), spread, Spread::plus);
    }

    MetricSnapshots snapshots() {
        List<MetricSnapshot> all = new ArrayList<>();
        values.forEach((family, points) ->
                all.add(family.kind() == Family.Kind.COUNTER ? counter(family, points) : gauge(family, points)));
        spreads.forEach((family, points) ->
                all.add(family.kind() == Family.Kind.SUMMARY ? summary(family, points) : histogram(family, points)));
        return new MetricSnapshots(all);
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

    private static MetricSnapshot histogram(Family family, Map<List<String>, Spread> points) {
        HistogramSnapshot.Builder histogram =
                HistogramSnapshot.builder().name(family.metric()).help(family.help());
        points.forEach((labels, spread) -> histogram.dataPoint(HistogramDataPointSnapshot.builder()
                .labels(Labels.of(family.labels(), labels))
                .classicHistogramBuckets(spread.buckets())
                .sum(spread.sum())
                .build()));
        return histogram.build();
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
