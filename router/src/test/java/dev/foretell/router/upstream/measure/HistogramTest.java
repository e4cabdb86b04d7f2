package dev.foretell.router.upstream.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HistogramTest {
    @Test
    void aValueOnABoundIsWithinIt() {
        Histogram sizes = Histogram.ofSizes();

        sizes.add(1);
        sizes.add(2);
        sizes.add(3);
        sizes.add(5000);

        Histogram.Counted counted = sizes.read();
        assertThat(Arrays.copyOf(counted.bounds(), 3)).containsExactly(1, 2, 4);
        assertThat(Arrays.copyOf(counted.counts(), 4)).containsExactly(1, 1, 1, 0);
        assertThat(counted.counts()[counted.counts().length - 1]).isEqualTo(1);
        assertThat(counted.count()).isEqualTo(4);
        assertThat(counted.sum()).isEqualTo(5006);
    }

    @Test
    void twoAddUp() {
        Histogram one = Histogram.ofDurations();
        Histogram other = Histogram.ofDurations();
        one.add(1_000_000);
        other.add(1_000_001);
        other.add(60_000_000_000L);

        Histogram.Counted both = one.read().plus(other.read());

        assertThat(both.count()).isEqualTo(3);
        assertThat(both.counts()[0]).isEqualTo(1);
        assertThat(both.counts()[1]).isEqualTo(1);
        assertThat(both.sum()).isEqualTo(60_002_000_001L);
    }
}
