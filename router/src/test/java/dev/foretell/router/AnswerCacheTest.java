package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.LiveRouter.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Answers given again, over real sockets: the same to the same input, and no worker is called. */
class AnswerCacheTest {
    private static final String HIT = "X-Router-Cache";

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with(
            "cache.models.AI/fib.ttl", "60s",
            "cache.models.AI/brief.ttl", "200ms",
            "admission.models.AI/fib", "1",
            "admission.queue", "0");

    @BeforeEach
    void awaitIdle() {
        router.awaitIdle();
    }

    /** Answers each call with its number. */
    private static FakeWorker counting() {
        return router.worker(call -> call.answer(200, Integer.toString(call.number()), "X-Request-Id", "worker"));
    }

    private static Answer predict(String data, String... headers) {
        return router.predictBody("""
                {"modelId":"fib","data":%s}""".formatted(data), headers);
    }

    private static int hitsCounted() {
        return router.get("/elb-healthcheck")
                .json()
                .path("cache_hits")
                .path("fib")
                .asInt();
    }

    @Test
    void theSameInputIsAnsweredWithoutAWorker() {
        FakeWorker worker = counting();
        router.serve(worker);
        int hits = hitsCounted();

        Answer first = router.predict();
        Answer second = router.predict("X-Request-Id", "mine");

        assertThat(first.body()).isEqualTo("1");
        assertThat(first.header(HIT)).isEmpty();
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body()).isEqualTo("1");
        assertThat(second.header(HIT)).isEqualTo("hit");
        assertThat(second.header("Content-Type")).isEqualTo("application/json");
        assertThat(second.header("X-Request-Id")).isEqualTo("mine");
        assertThat(router.predict().header("X-Request-Id")).isEmpty();
        assertThat(worker.calls()).isEqualTo(1);
        assertThat(hitsCounted() - hits).isEqualTo(2);
        assertThat(router.get("/elb-healthcheck").json().path("requests").path("fib"))
                .allSatisfy(total -> assertThat(total.isNumber()).isTrue());
        assertThat(router.get("/elb-healthcheck")
                        .json()
                        .path("requests")
                        .path("fib")
                        .path(worker.id())
                        .asInt())
                .isEqualTo(1);
        assertThat(router.get("/elb-healthcheck").body()).doesNotContain("_cache\"");
    }

    @Test
    void allEventLoopsShareIt() {
        FakeWorker worker = counting();
        router.serve(worker);
        router.predict();

        List<CompletableFuture<Answer>> calls =
                Stream.generate(router::predictAsync).limit(40).toList();

        assertThat(calls).allSatisfy(call -> {
            assertThat(call.join().body()).isEqualTo("1");
            assertThat(call.join().header(HIT)).isEqualTo("hit");
        });
        assertThat(worker.calls()).isEqualTo(1);
    }

    @Test
    void inputThatDiffersInItsBytesIsOtherInput() {
        FakeWorker worker = counting();
        router.serve(worker);

        assertThat(predict("""
                {"a":1,"b":2}""").body()).isEqualTo("1");
        assertThat(predict("""
                {"b":2,"a":1}""").body()).isEqualTo("2");
        assertThat(predict("""
                {"a":1,"b": 2}""").body()).isEqualTo("3");
        assertThat(predict("""
                {"a":1,"b":2}""").body()).isEqualTo("1");
        assertThat(worker.calls()).isEqualTo(3);
    }

    @Test
    void longInputIsNotKept() {
        FakeWorker worker = counting();
        router.serve(worker);
        String data = "\"" + "x".repeat(70_000) + "\"";

        assertThat(predict(data).body()).isEqualTo("1");
        assertThat(predict(data).body()).isEqualTo("2");
    }

    @Test
    void aCallerThatWantsAFreshAnswerGetsOneAndSoDoTheNext() {
        FakeWorker worker = counting();
        router.serve(worker);
        router.predict();

        Answer fresh = router.predict("Cache-Control", "max-age=0, No-Cache");

        assertThat(fresh.body()).isEqualTo("2");
        assertThat(fresh.header(HIT)).isEmpty();
        assertThat(router.predict().body()).isEqualTo("2");
        assertThat(router.predict().header(HIT)).isEqualTo("hit");
    }

    @Test
    void refusalsAndFailuresAreNotKept() {
        FakeWorker worker = router.worker(call -> {
            switch (call.number()) {
                case 1 -> call.answer(422, """
                        {"error":"no"}""");
                case 2 -> call.answer(500, """
                        {"error":"broken"}""");
                case 3 -> call.answer(503, """
                        {"error":"busy"}""");
                case 4 -> call.answer(201, "4");
                default -> call.answer(200, "5");
            }
        });
        router.serve(worker);

        assertThat(Stream.generate(() -> router.predict().status()).limit(6))
                .containsExactly(422, 502, 503, 201, 200, 200);
        assertThat(worker.calls()).isEqualTo(5);
    }

    @Test
    void whatTheWorkerWantsForOneCallerAloneIsNotKept() {
        FakeWorker worker =
                router.worker(call -> call.answer(200, Integer.toString(call.number()), "Cache-Control", "no-store"));
        router.serve(worker);

        assertThat(router.predict().body()).isEqualTo("1");
        assertThat(router.predict().body()).isEqualTo("2");
    }

    @Test
    void aNewWorkerEmptiesItAndARenewalDoesNot() {
        FakeWorker old = router.worker(answers("\"old\""));
        router.serve(old.entry("\"lease_ms\":60000"));
        router.predict();

        router.register("""
                {"AI":{"fib":[%s]}}""".formatted(old.entry("\"lease_ms\":60000")));
        assertThat(router.predict().header(HIT)).isEqualTo("hit");

        FakeWorker fresh = counting();
        router.register("""
                {"AI":{"fib":[%s]}}""".formatted(fresh.entry()));
        assertThat(router.predict().header(HIT)).isEmpty();
    }

    @Test
    void aWorkerThatSaysItIsAnotherVersionEmptiesIt() {
        FakeWorker worker = counting();
        router.serve(worker);
        router.awaitState(worker, "READY");
        router.predict();
        assertThat(router.predict().header(HIT)).isEqualTo("hit");

        worker.says(FakeWorker.index("predict").replace("\"version\":\"1\"", "\"version\":\"2\""));

        Awaitility.await().until(() -> router.predict().body().equals("2"));
    }

    @Test
    void aWorkerThatComesBackEmptiesIt() {
        FakeWorker worker = counting();
        router.serve(worker);
        router.awaitState(worker, "READY");
        router.predict();

        worker.stop();
        router.awaitState(worker, "DOWN");
        assertThat(router.predict().body()).isEqualTo("1");
        worker.startAgain();

        Awaitility.await().until(() -> router.predict().body().equals("2"));
    }

    @Test
    void aHitIsGivenAheadOfTheQueue() {
        FakeWorker worker = counting();
        router.serve(worker);
        router.predict();
        HeldCalls held = new HeldCalls();
        worker.predicts(held);
        CompletableFuture<Answer> waiting = router.predictAsync("""
                {"n":3}""");
        Awaitility.await().until(() -> held.here() == 1);

        assertThat(predict("""
                {"n":4}""").status()).isEqualTo(429);
        assertThat(router.predict().header(HIT)).isEqualTo("hit");

        held.letGo(1);
        assertThat(waiting.join().status()).isEqualTo(200);
    }

    @Test
    void anAnswerThatIsTooOldIsNotGivenAgain() {
        FakeWorker worker = counting();
        router.replace("""
                {"AI":{"brief":[%s]}}""".formatted(worker.entry()));
        String body = """
                {"modelId":"brief","data":1}""";
        router.predictBody(body);

        Awaitility.await().until(() -> router.predictBody(body).body().equals("2"));
    }

    @Test
    void aModelThatIsNotNamedIsUntouched() {
        FakeWorker worker = counting();
        router.replace("""
                {"AI":{"other":[%s]}}""".formatted(worker.entry()));

        assertThat(router.predictBody("""
                {"modelId":"other","data":1}""").body()).isEqualTo("1");
        assertThat(router.predictBody("""
                {"modelId":"other","data":1}""").body()).isEqualTo("2");
    }
}
