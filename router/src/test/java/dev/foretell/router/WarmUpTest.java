package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A worker that comes (back) is called with a sample before callers call it. */
class WarmUpTest {
    private static final int CALLS = 4;

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with(
            "warm-up.samples.AI/fib",
            """
            {"n": 5}""",
            "warm-up.calls",
            String.valueOf(CALLS),
            "warm-up.timeout",
            "60s",
            "balance.slow-start",
            "0s",
            "balance.policy",
            "round_robin");

    private static boolean isWarmUp(FakeWorker.Call call) {
        return "1".equals(call.headers().get("X-Foretell-Warm-Up"));
    }

    @Test
    void aWorkerGetsCallsOnceItIsWarm() {
        FakeWorker warm = router.worker(answers("2"));
        router.serve(warm);
        router.awaitState(warm, "READY");
        assertThat(warm.calls()).isEqualTo(CALLS);
        HeldCalls held = new HeldCalls();
        FakeWorker cold = router.worker(held);

        router.serve(warm, cold);
        router.awaitState(cold, "WARMING");
        for (int i = 0; i < 10; i++) {
            assertThat(router.predict().body()).isEqualTo("2");
        }
        assertThat(held.mostAtOnce()).isEqualTo(1);
        assertThat(isWarmUp(cold.last())).isTrue();

        held.letGo(1000);
        router.awaitState(cold, "READY");
        assertThat(held.bodies()).hasSize(CALLS).containsOnly("""
                {"n": 5}""");
        assertThat(held.mostAtOnce()).isEqualTo(1);
        router.predict();
        router.predict();
        assertThat(isWarmUp(cold.last())).isFalse();
        assertThat(warm.calls()).isEqualTo(CALLS + 11);
        assertThat(counted(cold)).isEqualTo(1);
    }

    private static int counted(FakeWorker worker) {
        return router.get("/elb-healthcheck")
                .json()
                .path("requests")
                .path("fib")
                .path(worker.id())
                .asInt();
    }

    @Test
    void aColdWorkerIsBetterThanNone() throws Exception {
        HeldCalls held = new HeldCalls();
        FakeWorker only = router.worker(held);
        router.serve(only);
        router.awaitState(only, "WARMING");

        CompletableFuture<LiveRouter.Answer> answer = router.predictAsync();
        Awaitility.await().until(() -> held.here() == 2);
        assertThat(router.get("/elb-healthcheck").status()).isEqualTo(200);
        held.letGo(1000);

        assertThat(answer.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
    }

    @Test
    void aSampleThatIsRefusedIsNotSentAgain() {
        FakeWorker worker = router.worker(answers(422, """
                {"error":"no such argument"}"""));

        router.serve(worker);

        router.awaitState(worker, "READY");
        assertThat(worker.calls()).isEqualTo(1);
    }

    @Test
    void aWorkerThatFailsIsWarmedToTheEndAndGetsCalls() {
        FakeWorker worker = router.worker(answers(500, "{}"));

        router.serve(worker);

        router.awaitState(worker, "READY");
        assertThat(worker.calls()).isEqualTo(CALLS);
        assertThat(router.predict().status()).isEqualTo(502);
    }

    @Test
    void aWorkerThatWasDownIsWarmedUpAgain() {
        FakeWorker worker = router.worker(answers("2"));
        router.serve(worker);
        router.awaitState(worker, "READY");
        worker.stop();
        router.awaitState(worker, "DOWN");

        worker.startAgain();
        router.awaitState(worker, "READY");

        assertThat(worker.calls()).isEqualTo(2 * CALLS);
    }

    @Test
    void aSampleOfTheWorkersOwnServesModelsThatTheRouterKnowsNoneFor() {
        FakeWorker worker = router.worker(answers("2")).says("""
                {"functions":{"predict":{"path":"/predict","sample":{"x":1}}}}""");

        router.replace("""
                {"AI":{"other":[%s],"fib":[%s]}}""".formatted(worker.entry(), worker.entry()));

        router.awaitState(worker, "READY");
        assertThat(worker.calls()).isEqualTo(2 * CALLS);
        router.replace("""
                {"AI":{"other":[%s]}}""".formatted(worker.entry("\"weight\":3")));
        assertThat(router.predictBody("""
                {"modelId":"other","data":{}}""").status()).isEqualTo(200);
        assertThat(worker.calls()).isEqualTo(2 * CALLS + 1);
    }

    @Test
    void withoutASampleThereIsNoWarmUp() {
        FakeWorker worker = router.worker(answers("2"));
        router.replace("""
                {"AI":{"other":[%s]}}""".formatted(worker.entry()));
        router.awaitState(worker, "READY");

        assertThat(worker.calls()).isZero();
    }
}
