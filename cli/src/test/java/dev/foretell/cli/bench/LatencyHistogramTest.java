package dev.foretell.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
    private static LatencyHistogram upTo(int micros) {
        LatencyHistogram histogram = new LatencyHistogram();
        for (int i = 1; i <= micros; i++) {
            histogram.record(i);
        }
        return histogram;
    }

    @Test
    void percentilesAreAtMostOneSixteenthTooHigh() {
        LatencyHistogram histogram = upTo(100_000);

        assertThat(histogram.percentileMicros(0.5)).isBetween(50_000L, 53_125L);
        assertThat(histogram.percentileMicros(0.99)).isBetween(99_000L, 100_000L);
        assertThat(histogram.percentileMicros(1))
                .isEqualTo(histogram.maxMicros())
                .isEqualTo(100_000);
        assertThat(histogram.meanMicros()).isEqualTo(50_000.5);
    }

    @Test
    void anythingHasABucket() {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.record(-5);
        histogram.record(Long.MAX_VALUE);

        assertThat(histogram.count()).isEqualTo(2);
        assertThat(new LatencyHistogram().percentileMicros(0.5)).isZero();
    }

    @Test
    void barsHoldEachCallOnceAndFitTheTerminal() {
        LatencyHistogram histogram = upTo(100_000);

        assertThat(LatencyPlot.bars(histogram).stream()
                        .mapToLong(LatencyPlot.Bar::calls)
                        .sum())
                .isEqualTo(100_000);
        assertThat(LatencyPlot.bars(histogram))
                .allSatisfy(bar -> assertThat(bar.fromMs()).isLessThan(bar.toMs()));
        assertThat(LatencyPlot.text(histogram).lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(LatencyPlot.text(new LatencyHistogram())).isEmpty();
    }
}
