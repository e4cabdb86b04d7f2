package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.LiveRouter.Answer;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LeaseTest {
    @RegisterExtension
    static final LiveRouter router = LiveRouter.with("lease.remove-after", "2s");

    @Test
    void aLeaseIsKeptByTheSamePutAndLostWithoutIt() {
        FakeWorker worker = router.worker(answers("2"));
        String put = """
                {"AI":{"fib":[%s]}}""".formatted(worker.entry("\"lease_ms\":2500"));
        String revision = router.replace(put).header("X-Routing-Revision");
        router.awaitState(worker, "READY");

        Awaitility.await()
                .during(Duration.ofSeconds(4))
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> router.register(put).header("X-Routing-Revision").equals(revision)
                        && router.predict().status() == 200);

        assertThat(left(worker).asLong()).isBetween(0L, 2500L);
        router.awaitState(worker, "LOST");
        assertThat(left(worker).asLong()).isZero();
        int calls = worker.calls();
        Answer refused = router.predict();
        assertThat(refused.code()).isEqualTo("NO_WORKER");
        assertThat(refused.detail()).contains("it has lost its lease");
        assertThat(worker.calls()).isEqualTo(calls);
        assertThat(router.get("/elb-healthcheck").status()).isEqualTo(503);

        router.register(put);
        assertThat(router.predict().status()).isEqualTo(200);
        assertThat(router.workersOfAi().path(worker.id()).path("state").asText())
                .isEqualTo("READY");

        Awaitility.await().until(router::map, "{}"::equals);
        assertThat(router.register(put).status()).isEqualTo(200);
        assertThat(router.predict().status()).isEqualTo(200);
    }

    @Test
    void aLeaseThatRanOutBesideProbesOfTheSameProcessTakesNobodyOut() {
        FakeWorker worker = router.worker(answers("2")).says(indexOf("one"));
        router.replace(served(worker));
        register(worker, "one");
        router.awaitState(worker, "READY");

        Awaitility.await()
                .during(Duration.ofSeconds(6))
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> router.predict().status() == 200);

        worker.says(indexOf("two"));
        Awaitility.await().until(router::map, "{}"::equals);
    }

    @Test
    void anEpochThatIsNoneIsRefused() {
        FakeWorker worker = router.worker(answers("2"));

        Answer answer = router.put("/v1/model_workers_map", served(worker), "X-Worker-Epoch", "a b");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).startsWith("X-Worker-Epoch must be 1 to 64 letters");
    }

    @Test
    void aWorkerThatWasPutForGoodHasNoLeaseToLose() {
        FakeWorker worker = router.worker(answers("2"));
        router.serve(worker);

        assertThat(left(worker).isNull()).isTrue();
    }

    private static JsonNode left(FakeWorker worker) {
        return router.workersOfAi().path(worker.id()).path("lease_left_ms");
    }

    private static String served(FakeWorker worker) {
        return """
                {"AI":{"fib":[%s]}}""".formatted(worker.entry("\"lease_ms\":2500"));
    }

    private static void register(FakeWorker worker, String epoch) {
        assertThat(router.put("/v1/model_workers_map", served(worker), "X-Worker-Epoch", epoch)
                        .status())
                .isEqualTo(200);
    }

    private static String indexOf(String epoch) {
        return FakeWorker.index("predict").replaceFirst("[{]", """
                {"epoch":"%s",""".formatted(epoch));
    }

    @Test
    void aWorkerThatIsRegisteredForGoodAfterItHadALeaseStays() {
        FakeWorker worker = router.worker(answers("2"));
        router.replace("""
                {"AI":{"fib":[%s]}}""".formatted(worker.entry("\"lease_ms\":2500")));

        router.serve(worker);

        Awaitility.await()
                .during(Duration.ofSeconds(4))
                .atMost(Duration.ofSeconds(30))
                .until(() -> router.predict().status() == 200);
    }
}
