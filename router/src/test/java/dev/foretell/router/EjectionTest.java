package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.LiveRouter.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EjectionTest {
    @RegisterExtension
    static final LiveRouter router = LiveRouter.with(
            "breaker.ejection", "400ms", "breaker.max-ejection", "400ms", "balance.policy", "round_robin");

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
        int before = flaky.calls();
        for (int i = 0; i < 20; i++) {
            assertThat(router.predict().status()).isEqualTo(200);
        }
        assertThat(flaky.calls() - before).isEqualTo(10);
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

    @Test
    void oneTrialAtATimeDecidesWhetherAnEjectedWorkerComesBack() {
        FakeWorker broken = router.worker(answers(500, "x"));
        FakeWorker healthy = router.worker(answers("2"));
        serveAll(broken, healthy);
        while (!isEjected(broken)) {
            router.predict();
        }
        int before = broken.calls();
        broken.predicts(Scripts.slow(300, "1"));

        Awaitility.await().until(() -> {
            List<CompletableFuture<Answer>> calls =
                    Stream.generate(router::predictAsync).limit(5).toList();
            Awaitility.await()
                    .until(() ->
                            calls.stream().filter(CompletableFuture::isDone).count() >= 4);
            return broken.calls() > before;
        });
        List<CompletableFuture<Answer>> during =
                Stream.generate(router::predictAsync).limit(20).toList();
        assertThat(during).allSatisfy(call -> assertThat(call.join().status()).isEqualTo(200));

        assertThat(broken.calls()).isEqualTo(before + 1);
        router.awaitState(broken, "READY");
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
