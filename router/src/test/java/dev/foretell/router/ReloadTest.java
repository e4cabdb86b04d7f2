package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.LiveRouter.Answer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A router adopts new settings while it runs. */
class ReloadTest {
    @RegisterExtension
    static final LiveRouter router =
            LiveRouter.with("balance.slow-start", "0s", "upstream.authorization", "Token SECRET");

    @BeforeEach
    void begin() {
        reload("");
    }

    private static JsonNode reload(String yaml) {
        router.file(yaml);
        Answer answer = router.post("/v1/config/reload", "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static String setting(String key) {
        return router.get("/v1/config").json().path(key).asText();
    }

    @Test
    void saysWhatChangedAndWhatNeedsARestart() {
        JsonNode done = reload(
                "retry: {attempts: 1}\nhttp: {max-connections: 5, access-log: true}\nredis: {key-prefix: other}");

        assertThat(done.path("changed").toString()).isEqualTo("""
                {"http.access-log":{"from":"false","to":"true"},"retry.attempts":{"from":"3","to":"1"}}""");
        assertThat(done.path("needs_restart").toString()).isEqualTo("""
                ["http.max-connections","redis.key-prefix"]""");
        assertThat(setting("retry.attempts")).isEqualTo("1");
        assertThat(setting("http.max-connections")).isEqualTo("10000");
    }

    @Test
    void masksSecrets() {
        assertThat(setting("upstream.authorization")).isEqualTo("***");
    }

    @Test
    void ifAnythingIsWrongEverythingIsNamedAndNothingChanges() {
        router.file("retry: {attempts: 99}\nbatch: {window: soon}\ndeadline: {by-default: 5s}\nhtpp: {}");

        Answer refused = router.post("/v1/config/reload", "");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.detail()).contains("retry: attempts must be", "batch.window", "htpp: unknown setting");
        assertThat(setting("deadline.by-default")).isEqualTo("10s");
    }

    @Test
    void retriesAndDeadlinesHoldFromTheNextCallOn() {
        FakeWorker bad = router.worker(answers(500, "{}"));
        FakeWorker worse = router.worker(answers(500, "{}"));
        router.serve(bad, worse);
        router.awaitState(bad, "READY");
        router.awaitState(worse, "READY");
        assertThat(router.predict().json().path("tries").asInt()).isEqualTo(2);

        reload("retry: {attempts: 1}");
        assertThat(router.predict().json().path("tries").asInt()).isEqualTo(1);

        bad.predicts(Scripts.hangs());
        worse.predicts(Scripts.hangs());
        reload("deadline: {by-default: 50ms}");
        Awaitility.await().until(() -> router.predict().status() == 504);
    }

    @Test
    void anotherPolicyIsTakenUpByModelsThatHaveNoneOfTheirOwn() {
        FakeWorker one = router.worker(answers("1"));
        FakeWorker two = router.worker(answers("2"));
        router.serve(one, two);
        router.awaitState(one, "READY");
        router.awaitState(two, "READY");

        reload("balance: {models: {AI/fib: consistent_hash}}");
        String first = router.predict("X-Sticky-Key", "same").body();
        for (int i = 0; i < 20; i++) {
            assertThat(router.predict("X-Sticky-Key", "same").body()).isEqualTo(first);
        }

        reload("balance: {policy: round_robin}");
        assertThat(router.predict().body()).isNotEqualTo(router.predict().body());
        assertThat(one.calls() + two.calls()).isEqualTo(23);
    }

    @Test
    void aCallThatWaitsWhileThePolicyChangesIsAnswered() throws Exception {
        reload("admission: {models: {AI/fib: 1}, max-wait: 20s}");
        HeldCalls held = new HeldCalls();
        FakeWorker worker = router.worker(held);
        router.serve(worker);
        router.awaitState(worker, "READY");
        CompletableFuture<Answer> in = router.predictAsync();
        Awaitility.await().until(() -> held.here() == 1);
        CompletableFuture<Answer> waits = router.predictAsync();
        router.awaitWaiting(1);

        reload("{admission: {models: {AI/fib: 1}, max-wait: 20s}, balance: {policy: round_robin}}");
        held.letGo(2);

        assertThat(in.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
        assertThat(waits.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
    }

    @Test
    void callsThatWaitEnterWhenTheLimitGrows() throws Exception {
        reload("admission: {models: {AI/fib: 1}, max-wait: 20s}");
        HeldCalls held = new HeldCalls();
        FakeWorker worker = router.worker(held);
        router.serve(worker);
        router.awaitState(worker, "READY");
        CompletableFuture<Answer> in = router.predictAsync();
        Awaitility.await().until(() -> held.here() == 1);
        CompletableFuture<Answer> waits = router.predictAsync();
        router.awaitWaiting(1);

        reload("admission: {models: {AI/fib: 2}}");
        Awaitility.await().until(() -> held.here() == 2);
        held.letGo(2);

        assertThat(in.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
        assertThat(waits.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
    }

    @Test
    void healthBatchesAndConnectionsAreAdoptedOnTheFly() {
        FakeWorker worker = router.worker(answers("2"));
        router.serve(worker);
        router.awaitState(worker, "READY");

        reload("health: {kind: tcp, failures: 7, remind-every: 5m}\nbatch: {models: {AI/fib: 8}, window: 5ms}\n"
                + "upstream: {max-connections: 3, max-waiting: 5, keep-alive: 2s}\nbreaker: {min-calls: 5}\n"
                + "lease: {remove-after: 1m}\nrouting: {unknown-model: reject}\nwarm-up: {calls: 3}");

        int probes = worker.probes();
        assertThat(router.predict().status()).isEqualTo(200);
        assertThat(router.predictBody("""
                {"modelId":"other","data":{}}""").status()).isEqualTo(404);
        Awaitility.await().until(() -> router.predict().status() == 200 && worker.probes() <= probes + 1);
        worker.stop();
        router.awaitState(worker, "DOWN");
    }

    @Test
    void whoMayChangeThingsHoldsAtOnceForReloadsToo() {
        reload("http: {writes-from: [10.0.0.0/8]}");

        assertThat(router.post("/v1/config/reload", "").code()).isEqualTo("FORBIDDEN");

        router.stop();
        router.file("");
        router.start();
    }
}
