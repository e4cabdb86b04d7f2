package dev.foretell.router.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.time.Deadline;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetrierTest {
    private static final Set<FailureKind> RETRYABLE = EnumSet.of(FailureKind.WORKER_FAILED, FailureKind.WORKERS_BUSY);

    private long now;
    private final List<Integer> numbers = new ArrayList<>();
    private final Retrier retrier = new Retrier(new Retrier.Config(3), () -> now);

    private Future<String> run(IntFunction<Future<String>> attempt) {
        return retrier.run(new Deadline(100), number -> {
            numbers.add(number);
            return attempt.apply(number);
        });
    }

    private static Future<String> failing(FailureKind kind) {
        return Future.failedFuture(new ServingException(kind, "as told"));
    }

    @Test
    void oneThatSucceedsIsNotTriedAgain() {
        assertThat(run(number -> Future.succeededFuture("2")).result()).isEqualTo("2");
        assertThat(numbers).containsExactly(1);
    }

    @Test
    void triesUntilOneSucceeds() {
        assertThat(run(number -> number < 3 ? failing(FailureKind.WORKER_FAILED) : Future.succeededFuture("2"))
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
                            now += 60;
                            return failing(FailureKind.WORKER_FAILED);
                        })
                        .failed())
                .isTrue();
        assertThat(numbers).containsExactly(1, 2);
    }
}
