package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.LiveRouter.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EjectionTest {
    @RegisterExtension
    static final LiveRouter router = LiveRouter.with(
            "breaker.ejection",
            "1500ms",
            "breaker.max-ejection",
            "1500ms",
            "deadline.by-default",
            "30s",
            "balance.policy",
            "round_robin");

    private void serveAll(FakeWorker... workers) {
        router.serve(workers);
        Stream.of(workers).forEach(worker -> router.awaitState(worker, "READY"));
    }

    private static boolean isEjected(FakeWorker worker) {
        return router.workersOfAi().path(worker.id()).path("state").asText().equals("EJECTED");
    }

    @Test
    void aWorkerThatFailsEverySecondCallIsEjectedWhileNoCallFailsAndReadmittedWhenItIsHealed() {
        FakeWorker flaky = router.worker(Scripts.failsEverySecond("1"));
        FakeWorker healthy = router.worker(answers("2"));
        serveAll(flaky, healthy);

        for (int i = 0; i < 200 && !isEjected(flaky); i++) {
            assertThat(router.predict().status()).isEqualTo(200);
        }

        assertThat(isEjected(flaky)).isTrue();
        assertThat(flaky.calls()).isBetween(20, 21);
        assertThat(router.workersOfAi()
                        .path(flaky.id())
                        .path("ejected_from")
                        .path(0)
                        .asText())
                .isEqualTo("AI/fib");
        assertThat(router.get("/elb-healthcheck").json().path("capacity").asInt())
                .isEqualTo(50);

        flaky.predicts(answers("1"));
        Awaitility.await().until(() -> {
            assertThat(router.predict().status()).isEqualTo(200);
            return !isEjected(flaky);
        });
        // On a busy machine a worker may stand still for a moment, and its call has a copy at the other one: then the
        // next twenty count.
        Awaitility.await().until(() -> {
            int before = flaky.calls();
            int all = before + healthy.calls();
            for (int i = 0; i < 20; i++) {
                assertThat(router.predict().status()).isEqualTo(200);
            }
            int share = flaky.calls() - before;
            assertThat(share).isBetween(8, 12);
            return share == 10 && flaky.calls() + healthy.calls() - all == 20;
        });
    }

    @Test
    void fewerThanTwentyCallsNeverEject() {
        FakeWorker broken = router.worker(answers(500, "x"));
        FakeWorker healthy = router.worker(answers("2"));
        serveAll(broken, healthy);

        while (broken.calls() < 19) {
            assertThat(router.predict().status()).isEqualTo(200);
        }

        assertThat(isEjected(broken)).isFalse();
    }

    @Test
    void callersInAHurryHaveNobodyEjected() {
        FakeWorker one = router.worker(Scripts.slow(500, "1"));
        FakeWorker two = router.worker(Scripts.slow(500, "2"));
        serveAll(one, two);
        assertThat(router.predict().status()).isEqualTo(200);

        for (int i = 0; i < 80; i++) {
            // On a busy machine two milliseconds may pass before the body was read.
            assertThat(router.predict("X-Request-Timeout-Ms", "2").status()).isIn(504, 408);
        }

        assertThat(Stream.of(one, two)).noneMatch(EjectionTest::isEjected);
        assertThat(router.workersOfAi().path(one.id()).path("failures").asLong())
                .isZero();
    }

    @Test
    void neverMoreThanHalfOfAPoolIsEjected() {
        FakeWorker one = router.worker(answers(500, "x"));
        FakeWorker two = router.worker(answers(500, "x"));
        FakeWorker three = router.worker(answers(500, "x"));
        serveAll(one, two, three);

        for (int i = 0; i < 60; i++) {
            assertThat(router.predict().code()).isEqualTo("WORKER_FAILED");
            assertThat(Stream.of(one, two, three).filter(EjectionTest::isEjected))
                    .hasSizeLessThanOrEqualTo(1);
        }

        assertThat(Stream.of(one, two, three).mapToInt(FakeWorker::calls).sum()).isGreaterThan(100);
    }

    @Test
    void theLastWorkerIsNeverEjected() {
        FakeWorker only = router.worker(answers(500, "x"));
        serveAll(only);

        for (int i = 0; i < 50; i++) {
            assertThat(router.predict().code()).isEqualTo("WORKER_FAILED");
        }

        assertThat(isEjected(only)).isFalse();
        assertThat(only.calls()).isEqualTo(50);
    }

    /** Calls until the broken worker gets a trial call. */
    private static CompletableFuture<Answer> callUntilTried(FakeWorker broken) {
        int before = broken.calls();
        List<CompletableFuture<Answer>> calls = new ArrayList<>();
        Awaitility.await().pollInterval(Duration.ofMillis(10)).until(() -> {
            if (calls.stream().allMatch(CompletableFuture::isDone)) {
                calls.add(router.predictAsync());
            }
            return broken.calls() > before;
        });
        return calls.get(calls.size() - 1);
    }

    private FakeWorker ejected() {
        FakeWorker broken = router.worker(answers(500, "x"));
        serveAll(broken, router.worker(answers("2")));
        while (!isEjected(broken)) {
            router.predict();
        }
        return broken;
    }

    @Test
    void noMoreThanThreeTrialsAtATimeDecideWhetherAnEjectedWorkerComesBack() {
        FakeWorker broken = ejected();
        HeldCalls held = new HeldCalls();
        broken.predicts(held);
        int before = broken.calls();
        long start = System.nanoTime();

        CompletableFuture<Answer> first = callUntilTried(broken);
        List<CompletableFuture<Answer>> during =
                Stream.generate(router::predictAsync).limit(20).toList();

        assertThat(during).allSatisfy(call -> assertThat(call.join().body()).isEqualTo("2"));
        assertThat(first.join().body()).isEqualTo("2");
        long ejections = Duration.ofNanos(System.nanoTime() - start).dividedBy(Duration.ofMillis(1500));
        assertThat(broken.calls() - before).isBetween(1, (int) (3 * (1 + ejections)));
        held.letGo(1000);
        Awaitility.await().until(() -> {
            assertThat(router.predict().status()).isEqualTo(200);
            return !isEjected(broken);
        });
    }

    @Test
    void aWorkerThatHangsOnTrialCostsItsCallersLittleAndIsEjectedAgain() {
        FakeWorker broken = ejected();
        broken.predicts(Scripts.hangs());
        int before = broken.calls();
        long ejections =
                router.workersOfAi().path(broken.id()).path("ejections").asLong();

        while (broken.calls() - before < 2) {
            assertThat(router.predict().body()).isEqualTo("2");
        }

        Awaitility.await().until(() -> broken.hangUps() >= 2);
        Awaitility.await().untilAsserted(() -> {
            JsonNode view = router.workersOfAi().path(broken.id());
            assertThat(view.path("ejections").asLong()).isGreaterThan(ejections);
            assertThat(view.path("in_flight").asInt()).isZero();
        });
        assertThat(isEjected(broken)).isTrue();
    }

    @Test
    void aFailedTrialEjectsAgainAndItsCallIsAnsweredElsewhere() {
        FakeWorker broken = router.worker(answers(500, "x"));
        FakeWorker healthy = router.worker(answers("2"));
        serveAll(broken, healthy);
        while (!isEjected(broken)) {
            router.predict();
        }
        int before = broken.calls();

        Awaitility.await().until(() -> {
            assertThat(router.predict().status()).isEqualTo(200);
            return broken.calls() >= before + 2;
        });

        assertThat(isEjected(broken)).isTrue();
    }
}
