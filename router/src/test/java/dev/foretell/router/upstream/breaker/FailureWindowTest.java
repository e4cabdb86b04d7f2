package dev.foretell.router.upstream.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureWindowTest {
    private static final long SECOND = 1_000_000_000L;

    private final FailureWindow window = new FailureWindow(Duration.ofSeconds(10));

    private void add(int calls, int failures, long at) {
        for (int i = 0; i < calls; i++) {
            window.add(i < failures, at);
        }
    }

    @Test
    void isReachedByEnoughCallsOfWhichEnoughFailedAndNotByOneFewer() {
        add(20, 10, 0);
        assertThat(window.isThresholdReached(20, 0.5, 0)).isTrue();
        assertThat(window.isThresholdReached(21, 0.5, 0)).isFalse();
        assertThat(window.isThresholdReached(20, 0.51, 0)).isFalse();
    }

    @Test
    void addsUpOverTheWindowAndForgetsWhatIsOlder() {
        add(10, 10, 0);
        add(10, 10, 9 * SECOND);

        assertThat(window.isThresholdReached(20, 1, 9 * SECOND)).isTrue();
        assertThat(window.isThresholdReached(20, 1, 10 * SECOND - 1)).isTrue();
        assertThat(window.isThresholdReached(11, 1, 10 * SECOND)).isFalse();
        assertThat(window.isThresholdReached(10, 1, 18 * SECOND)).isTrue();
        assertThat(window.isThresholdReached(1, 1, 19 * SECOND)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            longs = {Long.MIN_VALUE, Long.MIN_VALUE / 2 + 1, -SECOND, -1, 0, 1L << 60, Long.MAX_VALUE - 20 * SECOND})
    void worksAtAnyTimeOfTheNanoClock(long start) {
        add(10, 5, start);
        add(10, 5, start + 3 * SECOND);

        assertThat(window.isThresholdReached(20, 0.5, start + 3 * SECOND)).isTrue();
        assertThat(window.isThresholdReached(1, 0.1, start + 14 * SECOND)).isFalse();
    }

    @Test
    void anEmptyOneIsNeverReached() {
        assertThat(window.isThresholdReached(1, 0.1, 0)).isFalse();
        add(30, 30, 0);
        window.clear();
        assertThat(window.isThresholdReached(1, 0.1, 0)).isFalse();
    }

    @Test
    void moreCallsThanABucketHoldsKeepTheirRate() {
        add(1 << 20, 0, 0);
        add(1 << 20, 1 << 20, 0);

        assertThat(window.isThresholdReached(1_000_000, 0.01, 0)).isFalse();
    }

    @Test
    void losesNothingAmongThreads() throws InterruptedException {
        int each = 20_000;
        CountDownLatch go = new CountDownLatch(1);
        var threads = Stream.of(true, true, false, false)
                .map(failed -> new Thread(() -> {
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    for (int i = 0; i < each; i++) {
                        window.add(failed, i % 5 * SECOND);
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(window.isThresholdReached(4 * each, 0.5, 4 * SECOND)).isTrue();
        assertThat(window.isThresholdReached(4 * each + 1, 0.5, 4 * SECOND)).isFalse();
        assertThat(window.isThresholdReached(4 * each, 0.50001, 4 * SECOND)).isFalse();
    }
}
