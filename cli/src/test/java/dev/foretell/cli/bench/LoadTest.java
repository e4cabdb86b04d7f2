package dev.foretell.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.cli.client.Reply;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LoadTest {
    private static final int SLOW_MILLIS = 300;

    private static Reply slow() {
        try {
            new CountDownLatch(1).await(SLOW_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Reply(200, "1", "");
    }

    private static BenchResult run(int connections, OptionalDouble rate, Supplier<Reply> call)
            throws InterruptedException {
        return new Load(new LoadPlan(connections, Duration.ofSeconds(1), rate, 0.5), call).run();
    }

    @Test
    void aCallThatWaitsForAConnectionCountsFromWhenItWasDue() throws InterruptedException {
        BenchResult open = run(1, OptionalDouble.of(20), LoadTest::slow);

        assertThat(open.counts().calls()).isBetween(2L, 4L);
        assertThat(open.counts().calls() + open.counts().unsent()).isEqualTo(20);
        assertThat(open.latencies().maxMicros()).isGreaterThan((2 * SLOW_MILLIS - 50 - 1) * 1000L);
    }

    @Test
    void withoutARateEachConnectionCallsAgainAfterItsResponse() throws InterruptedException {
        BenchResult closed = run(2, OptionalDouble.empty(), LoadTest::slow);

        assertThat(closed.counts().calls()).isBetween(2L, 8L);
        assertThat(closed.counts().unsent()).isZero();
        assertThat(closed.latencies().percentileMicros(0.01)).isGreaterThanOrEqualTo((SLOW_MILLIS - 1) * 1000L);
    }

    @Test
    void tooManyErrorsStopIt() throws InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        LoadPlan minutes = new LoadPlan(1, Duration.ofMinutes(2), OptionalDouble.empty(), 0.5);
        BenchResult result = new Load(
                        minutes,
                        () -> new Reply(calls.incrementAndGet() % 3 == 0 ? 200 : 503, "{\"error\": \"away\"}", "x"))
                .run();

        assertThat(result.outcome().stopped()).isTrue();
        assertThat(result.outcome().firstFailure()).contains("away");
        assertThat(result.counts().calls()).isEqualTo(20);
        assertThat(result.byStatus()).containsEntry("503", result.counts().failed());
    }
}
