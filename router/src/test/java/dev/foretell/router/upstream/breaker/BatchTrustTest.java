package dev.foretell.router.upstream.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class BatchTrustTest {
    private final Deque<Runnable> timers = new ArrayDeque<>();
    private int changes;
    private final BatchTrust trust = new BatchTrust(
            "AI/fib at w-1-0",
            (millis, action) -> {
                assertThat(millis).isEqualTo(30_000);
                timers.add(action);
            },
            () -> changes++);

    private void wrong(int times) {
        for (int i = 0; i < times; i++) {
            trust.wrong();
        }
    }

    @Test
    void isLostAfterThreeWrongAnswersInARow() {
        wrong(2);
        assertThat(trust.isLost()).isFalse();

        wrong(1);

        assertThat(trust.isLost()).isTrue();
        assertThat(changes).isEqualTo(1);
    }

    @Test
    void aRightAnswerBetweenKeepsIt() {
        wrong(2);
        trust.right();
        wrong(2);

        assertThat(trust.isLost()).isFalse();
        assertThat(changes).isZero();
        assertThat(timers).isEmpty();
    }

    @Test
    void wrongAnswersThatWereUnderWayMakeItNoWorse() {
        wrong(10);

        assertThat(timers).hasSize(1);
        assertThat(changes).isEqualTo(1);
    }

    @Test
    void afterAWhileOneMoreWrongAnswerIsEnough() {
        wrong(3);
        timers.remove().run();
        assertThat(trust.isLost()).isFalse();
        assertThat(changes).isEqualTo(2);

        wrong(1);

        assertThat(trust.isLost()).isTrue();
        assertThat(timers).hasSize(1);
    }

    @Test
    void isWholeAgainAfterARightAnswer() {
        wrong(3);
        timers.remove().run();
        trust.right();

        wrong(2);

        assertThat(trust.isLost()).isFalse();
    }
}
