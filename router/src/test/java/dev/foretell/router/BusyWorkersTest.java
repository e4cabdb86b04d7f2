package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.FakeWorker.Script;
import dev.foretell.router.LiveRouter.Answer;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A worker that says when to come back is taken at its word. */
class BusyWorkersTest {
    @RegisterExtension
    static final LiveRouter router = LiveRouter.with("balance.policy", "round_robin");

    private static Script busy(String retryAfter) {
        return answers(503, "busy", "Retry-After", retryAfter);
    }

    /** Busy for its first calls, as many as that. */
    private static Script busyAtFirst(int calls, String retryAfter, String body) {
        return call -> {
            if (call.number() <= calls) {
                busy(retryAfter).play(call);
            } else {
                call.answer(200, body);
            }
        };
    }

    private static void serve(FakeWorker... workers) {
        router.serve(workers);
        Stream.of(workers).forEach(worker -> router.awaitState(worker, "READY"));
    }

    @Test
    void isLeftAloneWhileAnotherIsThere() {
        FakeWorker busy = router.worker(busy("30"));
        FakeWorker healthy = router.worker(answers("2"));
        serve(busy, healthy);

        for (int i = 0; i < 20; i++) {
            assertThat(router.predict().body()).isEqualTo("2");
        }

        assertThat(busy.calls()).isEqualTo(1);
    }

    @Test
    void getsCallsAgainWhenItsTimeHasCome() {
        String soon = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(2));
        FakeWorker busy = router.worker(busyAtFirst(1, soon, "1"));
        FakeWorker healthy = router.worker(answers("2"));
        serve(busy, healthy);
        while (busy.calls() == 0) {
            assertThat(router.predict().body()).isEqualTo("2");
        }

        Awaitility.await().until(() -> router.predict().body().equals("1"));
    }

    @Test
    void isWaitedForWhereThereIsNoOtherAndItIsBackSoon() {
        FakeWorker busy = router.worker(busyAtFirst(3, "1", "1"));
        serve(busy);
        long start = System.nanoTime();

        List<CompletableFuture<Answer>> calls =
                Stream.generate(router::predictAsync).limit(3).toList();

        assertThat(calls).allSatisfy(call -> assertThat(call.join().body()).isEqualTo("1"));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
        assertThat(busy.calls()).isEqualTo(6);
    }

    @Test
    void isNotWaitedForPastTheDeadline() {
        FakeWorker busy = router.worker(busyAtFirst(1, "1", "1"));
        serve(busy);

        Answer answer = router.predict("X-Request-Timeout-Ms", "500");

        assertThat(answer.code()).isEqualTo("WORKERS_BUSY");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.json().path("tries").asInt()).isEqualTo(1);
        assertThat(busy.calls()).isEqualTo(1);
    }

    @Test
    void isAskedAllTheSameWhereThereIsNoOther() {
        FakeWorker busy = router.worker(busyAtFirst(1, "30", "1"));
        serve(busy);
        assertThat(router.predict().header("Retry-After")).isEqualTo("30");

        assertThat(router.predict().body()).isEqualTo("1");
    }
}
