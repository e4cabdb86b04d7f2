package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.LiveRouter.Answer;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An operator takes the calls away from one worker, and gives them back. */
class DrainTest {
    @RegisterExtension
    static final LiveRouter router = LiveRouter.with("balance.slow-start", "0s");

    private static String drain(FakeWorker worker) {
        return "/v1/workers/" + worker.id() + "/drain";
    }

    @Test
    void aDrainedWorkerFinishesItsCallsAndGetsNoNewOnes() throws Exception {
        HeldCalls held = new HeldCalls();
        FakeWorker drained = router.worker(held);
        router.serve(drained);
        router.awaitState(drained, "READY");
        CompletableFuture<Answer> inFlight = router.predictAsync();
        Awaitility.await().until(() -> held.here() == 1);
        FakeWorker other = router.worker(answers("2"));
        router.serve(drained, other);
        router.awaitState(other, "READY");

        String ready = router.workersOfAi().path(drained.id()).path("since").asText();
        Answer ordered = router.post(drain(drained), "");
        assertThat(Instant.parse(ordered.json().path("since").asText())).isAfter(Instant.parse(ready));
        assertThat(ordered.json().path("state").asText()).isEqualTo("DRAINING");
        assertThat(ordered.json().path("in_flight").asInt()).isEqualTo(1);
        for (int i = 0; i < 20; i++) {
            assertThat(router.predict().status()).isEqualTo(200);
        }
        assertThat(drained.calls()).isEqualTo(1);
        assertThat(router.post(drain(drained) + "?wait=50ms", "")
                        .json()
                        .path("in_flight")
                        .asInt())
                .isEqualTo(1);

        held.letGo(1);
        assertThat(inFlight.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
        assertThat(router.post(drain(drained) + "?wait=10s", "")
                        .json()
                        .path("in_flight")
                        .asInt())
                .isZero();
    }

    @Test
    void anOrderHoldsOverARestartAndAgainstTheLastWorkerUntilItIsTakenBack() {
        FakeWorker worker = router.worker(answers("2"));
        router.serve(worker);
        router.awaitState(worker, "READY");
        router.post(drain(worker), "");

        router.stop();
        router.start();
        router.awaitState(worker, "DRAINING");
        Answer refused = router.predict();
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("NO_WORKER");
        assertThat(refused.detail()).contains("it is drained");
        assertThat(worker.calls()).isZero();

        assertThat(router.delete(drain(worker)).json().path("state").asText()).isEqualTo("READY");
        assertThat(router.predict().status()).isEqualTo(200);
    }

    @Test
    void aWorkerThatLeftTheMapComesBackWithoutTheOrder() {
        FakeWorker worker = router.worker(answers("2"));
        FakeWorker other = router.worker(answers("2"));
        router.serve(worker, other);
        router.post(drain(worker), "");
        router.awaitState(worker, "DRAINING");

        router.serve(other);
        router.serve(worker);

        router.awaitState(worker, "READY");
        assertThat(router.predict().status()).isEqualTo(200);
    }

    @Test
    void allWorkersAreListedAndWhoIsNotThereCannotBeDrained() {
        FakeWorker worker = router.worker(answers("2"));
        router.serve(worker);
        router.awaitState(worker, "READY");

        JsonNode listed = router.get("/v1/workers").json().path(0);
        assertThat(listed.path("global_worker_id").asText()).isEqualTo(worker.id());
        assertThat(listed.path("models").path(0).asText()).isEqualTo("AI/fib");
        assertThat(listed.path("state").asText()).isEqualTo("READY");
        assertThat(listed.path("in_flight").asInt()).isZero();
        assertThat(router.post("/v1/workers/nobody-1-0/drain", "").code()).isEqualTo("NOT_FOUND");
        assertThat(router.delete("/v1/workers/nobody-1-0/drain").status()).isEqualTo(404);
        assertThat(router.post(drain(worker) + "?wait=soon", "").code()).isEqualTo("INVALID_INPUT");
        assertThat(router.post(drain(worker) + "?wait=61s", "").code()).isEqualTo("INVALID_INPUT");
    }
}
