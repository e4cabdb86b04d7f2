package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One healthy worker is enough, though several others fail at once and no probe has noticed yet. */
class RetriesTest {
    @RegisterExtension
    static final LiveRouter router = LiveRouter.with(
            "health.interval",
            "1h",
            "balance.policy",
            "round_robin",
            "breaker.min-calls",
            "4",
            "breaker.ejection",
            "300s");

    private static void serveAll(FakeWorker... workers) {
        router.serve(workers);
        Stream.of(workers).forEach(worker -> router.awaitState(worker, "READY"));
    }

    @Test
    void workersThatCannotBeReachedUseUpNoAttempt() {
        List<FakeWorker> gone =
                Stream.generate(() -> router.worker(answers("1"))).limit(20).toList();
        FakeWorker healthy = router.worker(answers("2"));
        serveAll(Stream.concat(gone.stream(), Stream.of(healthy)).toArray(FakeWorker[]::new));

        gone.forEach(FakeWorker::stop);

        for (int i = 0; i < 10; i++) {
            assertThat(router.predict().body()).isEqualTo("2");
        }
    }

    @Test
    void aWorkerThatDroppedTheCallIsTriedAgainWhereAllOthersFailed() {
        FakeWorker failing = router.worker(answers(500, "x"));
        FakeWorker dropsOneCall = router.worker(call -> {
            if (call.number() == 1) {
                call.socket().close();
            } else {
                call.answer(200, "2");
            }
        });
        serveAll(failing, dropsOneCall);

        assertThat(router.predict().body()).isEqualTo("2");
    }

    @Test
    void anEjectedWorkerIsTriedWhereAllOthersFailed() {
        FakeWorker healed = router.worker(answers(500, "x"));
        FakeWorker broken = router.worker(answers("2"));
        serveAll(healed, broken);
        for (int i = 0;
                i < 100
                        && !router.workersOfAi()
                                .path(healed.id())
                                .path("state")
                                .asText()
                                .equals("EJECTED");
                i++) {
            assertThat(router.predict().body()).isEqualTo("2");
        }
        assertThat(router.workersOfAi().path(healed.id()).path("state").asText())
                .isEqualTo("EJECTED");

        healed.predicts(answers("1"));
        broken.predicts(answers(500, "x"));

        for (int i = 0; i < 3; i++) {
            assertThat(router.predict().body()).isEqualTo("1");
        }
    }
}
