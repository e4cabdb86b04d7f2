package dev.foretell.router.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BatcherTest {
    private long now;
    private final Deque<Runnable> timers = new ArrayDeque<>();
    private final List<List<String>> left = new ArrayList<>();
    private final Deque<Promise<Void>> underWay = new ArrayDeque<>();
    private final Batcher<String> batcher = new Batcher<>(
            3, Duration.ofMillis(2), null, (millis, action) -> timers.add(action), () -> now, this::deliver);

    private Future<?> deliver(List<String> batch) {
        left.add(batch);
        Promise<Void> answered = Promise.promise();
        underWay.add(answered);
        return answered.future();
    }

    private void join(String... calls) {
        for (String call : calls) {
            batcher.join(call, 32);
        }
    }

    private void pass(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
        timers.remove().run();
    }

    @Test
    void aCallThatIsAloneLeavesAtOnce() {
        join("a");

        assertThat(left).containsExactly(List.of("a"));
        assertThat(timers).isEmpty();
    }

    @Test
    void thoseThatFillABatchLeaveTogether() {
        join("a", "b", "c", "d", "e");

        assertThat(left).containsExactly(List.of("a"), List.of("b", "c", "d"));
    }

    @Test
    void thoseThatWaitLeaveWhenTheWindowEnds() {
        join("a", "b", "c");

        pass(1);
        assertThat(left).hasSize(1);
        pass(1);
        assertThat(left).containsExactly(List.of("a"), List.of("b", "c"));
    }

    @Test
    void theWindowIsThatOfTheFirstThatWaits() {
        join("a", "b", "c", "d");
        now += TimeUnit.MILLISECONDS.toNanos(1);
        join("e");

        pass(1);
        assertThat(left).hasSize(2);
        pass(1);
        assertThat(left).endsWith(List.of("e"));
        assertThat(timers).isEmpty();
    }

    @Test
    void thoseThatWaitLeaveWhenNothingIsUnderWayAnyMore() {
        join("a", "b", "c");

        underWay.remove().complete();

        assertThat(left).containsExactly(List.of("a"), List.of("b", "c"));
    }

    @Test
    void aDeliveryThatFailsIsOverToo() {
        join("a", "b");

        underWay.remove().fail("broken");

        assertThat(left).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void noMoreLeaveTogetherThanTheWorkersTake() {
        join("a");
        batcher.join("b", 2);
        batcher.join("c", 2);

        assertThat(left).containsExactly(List.of("a"), List.of("b", "c"));
    }
}
