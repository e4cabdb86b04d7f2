package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Why a worker gets no calls, in a sentence, wherever workers are shown. */
class WhyNoCallsTest {
    @RegisterExtension
    static final LiveRouter router = LiveRouter.with(
            "breaker.ejection",
            "60s",
            "breaker.max-ejection",
            "60s",
            "balance.slow-start",
            "0s",
            "balance.policy",
            "round_robin",
            "health.failures",
            "2");

    private static JsonNode view(FakeWorker worker) {
        return router.workersOfAi().path(worker.id());
    }

    private static void awaitWhy(FakeWorker worker, String pattern) {
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(view(worker).path("why").asText()).matches(pattern));
    }

    private static FakeWorker well() {
        return router.worker(call -> call.answer(200, "2"));
    }

    @Test
    void oneThatGetsItsShareHasNoReason() {
        FakeWorker worker = well();
        router.serve(worker);
        router.awaitState(worker, "READY");

        assertThat(view(worker).path("why").isNull()).isTrue();
        assertThat(view(worker).path("last_failure").isNull()).isTrue();
        assertThat(view(worker).path("ejected_until").isNull()).isTrue();
    }

    @Test
    void oneThatFailsIsEjectedFromAModelUntilATimeForAReason() {
        FakeWorker broken = router.worker(call -> call.answer(500, "{}"));
        FakeWorker worker = well();
        router.serve(broken, worker);
        router.awaitState(broken, "READY");
        router.awaitState(worker, "READY");

        for (int i = 0; i < 200 && view(broken).path("ejected_from").isEmpty(); i++) {
            router.predict();
        }

        awaitWhy(broken, "it is ejected from AI/fib until [0-9T:-]{19}Z: the worker itself failed.*");
        assertThat(view(broken).at("/last_failure/model").asText()).isEqualTo("AI/fib");
        assertThat(Instant.parse(view(broken).path("ejected_until").asText()))
                .isAfter(Instant.parse(view(broken).at("/last_failure/at").asText()));
    }

    @Test
    void aStreamThatBreaksOffIsAFailureToo() throws Exception {
        FakeWorker worker = router.worker(call -> {
            call.write(Scripts.LINES + Scripts.chunk("1\n"));
            call.socket().close();
        });
        router.serve(worker);
        router.awaitState(worker, "READY");

        try (RawClient client = RawClient.to(router.port())) {
            client.say("POST /v1/AI_model/fib/predict HTTP/1.1\r\nHost: r\r\nContent-Length: 2\r\n\r\n{}")
                    .readAll();
        }

        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(view(worker).at("/last_failure/detail").asText())
                                .isEqualTo("the worker broke off the connection"));
    }

    @Test
    void oneThatDoesNotAnswerProbesIsDown() {
        FakeWorker worker = well();
        router.serve(worker);
        router.awaitState(worker, "READY");

        worker.probed(call -> call.answer(403, "{}"));

        awaitWhy(worker, "it fails its probes, [0-9]+ in a row: .*403.*");
    }

    @Test
    void oneThatIsDrainedIsSo() {
        FakeWorker worker = well();
        router.serve(worker);
        router.awaitState(worker, "READY");

        router.post("/v1/workers/" + worker.id() + "/drain", "");

        awaitWhy(worker, "it is drained by an order.*");
    }

    @Test
    void oneWithoutAFunctionForItsModelGetsNoneOfItsCalls() {
        FakeWorker worker = well().serves("mean", "median");
        router.serve(worker);
        router.awaitState(worker, "READY");

        awaitWhy(worker, "none of its functions is for AI/fib");
    }

    @Test
    void oneThatDoesNotRenewItsLeaseIsLost() {
        FakeWorker worker = well();
        router.serve(worker.entry("\"lease_ms\":1000"));

        awaitWhy(worker, "it has not renewed its lease of 1000 ms");
        assertThat(view(worker).path("lease_ms").asInt()).isEqualTo(1000);
    }
}
