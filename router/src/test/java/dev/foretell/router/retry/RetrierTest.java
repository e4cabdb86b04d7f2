package dev.foretell.router.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.time.Deadline;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetrierTest {
    private static final Set<FailureKind> RETRYABLE = EnumSet.of(
            FailureKind.WORKER_FAILED,
            FailureKind.WORKERS_BUSY,
            FailureKind.FUNCTION_FAILED,
            FailureKind.LENGTH_REQUIRED);
    private static final Duration MILLI = Duration.ofMillis(1);
    private static final Retrier.Hedging NO_HEDGES = new Retrier.Hedging(List.of(), 0.05);

    private long now;
    private Optional<RetryDecision> onward = Optional.of(RetryDecision.AFTER_BACKOFF);
    private boolean hungUp;
    private boolean exhausted;
    private final AtomicInteger underWay = new AtomicInteger();
    private final List<Integer> numbers = new ArrayList<>();
    private final List<Long> pauses = new ArrayList<>();

    private Retrier retrier(int budgetMin) {
        Duration backoff = Duration.ofMillis(20);
        return new Retrier(
                new Retrier.Config(3, 0, budgetMin, backoff, Duration.ofMillis(100), NO_HEDGES),
                () -> now,
                () -> 0.999);
    }

    /** A call whose pauses take no real time. */
    private final class Fake implements Retryable {
        private final IntFunction<Future<String>> attempts;

        private Fake(IntFunction<Future<String>> attempts) {
            this.attempts = attempts;
        }

        /** As the attempts of a real call follow each other. */
        private Future<String> run(Retrier retrier, RetryGate gate, int number) {
            return gate.attempt(() -> attempt(number))
                    .recover(failure -> retrier.mayTryAgain(failure, deadline(), number)
                            ? gate.next(failure, number).compose(v -> run(retrier, gate, number + 1))
                            : Future.failedFuture(failure));
        }

        private Future<String> attempt(int number) {
            numbers.add(number);
            return attempts.apply(number);
        }

        @Override
        public Deadline deadline() {
            return new Deadline(millis(10_000));
        }

        @Override
        public Optional<RetryDecision> onward(Throwable failure) {
            return onward;
        }

        @Override
        public Future<Void> pause(long length) {
            pauses.add(length);
            now += millis(length);
            return hungUp ? Future.failedFuture("hung up") : Future.succeededFuture();
        }

        @Override
        public AtomicInteger retriesUnderWay() {
            return underWay;
        }

        @Override
        public int inFlight() {
            return 0;
        }

        @Override
        public void onBudgetExhausted() {
            exhausted = true;
        }
    }

    private static long millis(long millis) {
        return MILLI.multipliedBy(millis).toNanos();
    }

    private Future<String> run(IntFunction<Future<String>> attempts) {
        return run(retrier(3), attempts);
    }

    private static Future<String> run(Retrier retrier, Fake call) {
        return call.run(retrier, retrier.gate(call), 1);
    }

    private Future<String> run(Retrier retrier, IntFunction<Future<String>> attempts) {
        return run(retrier, new Fake(attempts));
    }

    private static Future<String> failing(FailureKind kind) {
        return Future.failedFuture(new ServingException(kind, "as told"));
    }

    private static Future<String> broken(int number) {
        return failing(FailureKind.WORKER_FAILED);
    }

    @Test
    void oneThatSucceedsIsNotTriedAgain() {
        assertThat(run(number -> Future.succeededFuture("2")).result()).isEqualTo("2");
        assertThat(numbers).containsExactly(1);
        assertThat(pauses).isEmpty();
    }

    @Test
    void triesUntilOneSucceeds() {
        assertThat(run(number -> number < 3 ? broken(number) : Future.succeededFuture("2"))
                        .result())
                .isEqualTo("2");
        assertThat(numbers).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @EnumSource
    void triesAgainOnlyWhatAnotherWorkerMayDoBetter(FailureKind kind) {
        assertThat(run(number -> failing(kind)).failed()).isTrue();
        assertThat(numbers).hasSize(RETRYABLE.contains(kind) ? 3 : 1);
    }

    @Test
    void aFailureThatIsNotOursIsNotTriedAgain() {
        assertThat(run(number -> Future.failedFuture(new IllegalStateException()))
                        .failed())
                .isTrue();
        assertThat(numbers).containsExactly(1);
    }

    @Test
    void stopsAtTheDeadline() {
        assertThat(run(number -> {
                            now += millis(6000);
                            return broken(number);
                        })
                        .failed())
                .isTrue();
        assertThat(numbers).containsExactly(1, 2);
    }

    @Test
    void waitsLongerBeforeEachRetry() {
        run(RetrierTest::broken);

        assertThat(pauses).containsExactly(20L, 40L);
    }

    @Test
    void waitsForNoMoreThanHalfOfTheTimeThatIsLeft() {
        now = millis(9990);

        run(number -> number == 1 ? broken(number) : Future.succeededFuture("2"));

        assertThat(pauses).containsExactly(5L);
    }

    @Test
    void goesElsewhereAtOnceAfterALostConnectionAndBeyondTheBudget() {
        onward = Optional.of(RetryDecision.AT_ONCE);

        run(retrier(0), RetrierTest::broken);

        assertThat(numbers).containsExactly(1, 2, 3);
        assertThat(pauses).isEmpty();
        assertThat(exhausted).isFalse();
    }

    @Test
    void doesNotWaitWhereNoWorkerIsLeft() {
        onward = Optional.empty();

        assertThat(run(RetrierTest::broken).failed()).isTrue();

        assertThat(numbers).containsExactly(1);
        assertThat(pauses).isEmpty();
    }

    @Test
    void waitsForABusyWorkerToComeBackForASecondInAll() {
        onward = Optional.of(RetryDecision.whenBack(600));

        run(RetrierTest::broken);

        assertThat(pauses).containsExactly(620L);
        assertThat(numbers).containsExactly(1, 2);
    }

    @Test
    void aRetryThatFindsNoBudgetAsksAgainForASecondAtTheMostThenFailsAsItsLastAttemptDid() {
        underWay.set(3);

        Future<String> failed = run(RetrierTest::broken);

        assertThat(failed.cause()).hasMessage("as told");
        assertThat(exhausted).isTrue();
        assertThat(numbers).containsExactly(1);
        assertThat(pauses.stream().mapToLong(Long::longValue).sum()).isBetween(900L, 1000L);
        assertThat(underWay).hasValue(3);
    }

    @Test
    void aRetryHasItsPlaceInTheBudgetUntilItEnds() {
        Promise<String> second = Promise.promise();
        Future<String> answer = run(number -> number == 1 ? broken(number) : second.future());
        assertThat(underWay).hasValue(1);

        second.complete("2");

        assertThat(underWay).hasValue(0);
        assertThat(answer.result()).isEqualTo("2");
    }

    @Test
    void anAttemptThatThrowsGivesItsPlaceBack() {
        run(number -> {
            if (number > 1) {
                throw new IllegalStateException();
            }
            return broken(number);
        });

        assertThat(underWay).hasValue(0);
    }

    @Test
    void aCallerWhoHangsUpIsNotWaitedFor() {
        hungUp = true;

        assertThat(run(RetrierTest::broken).cause()).hasMessage("hung up");

        assertThat(numbers).containsExactly(1);
    }

    @Test
    void badSettingsAreRefused() {
        assertThatThrownBy(() -> new Retrier.Config(3, 1.5, 3, MILLI, MILLI, NO_HEDGES))
                .hasMessageContaining("budget must be");
        assertThatThrownBy(() -> new Retrier.Config(3, 0.2, 3, MILLI, Duration.ZERO, NO_HEDGES))
                .hasMessageContaining("backoff must be");
        assertThatThrownBy(() -> new Retrier.Hedging(List.of("fib"), 0.05)).hasMessageContaining("fib");
        assertThatThrownBy(() -> new Retrier.Hedging(List.of(), 0)).hasMessageContaining("hedge-share must be");
    }
}
