package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.LiveRouter.Answer;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The way of a call, told to whoever may ask for it. */
class ExplainTest {
    @RegisterExtension
    static final LiveRouter router = LiveRouter.with(
            "balance.policy",
            "round_robin",
            "breaker.min-calls",
            "4",
            "breaker.ejection",
            "300s",
            "admission.models.AI/fib",
            "1",
            "admission.max-wait",
            "10s",
            "batch.models.AI/many",
            "8",
            "batch.window",
            "50ms",
            "cache.models.AI/kept.ttl",
            "60s",
            "fallback.models.AI/safe.answer",
            "0");

    private static Answer explained(String model, String... headers) {
        String body = """
                {"modelId":"%s","data":{"n":2}}""".formatted(model);
        return router.predictBody(
                body,
                Stream.concat(Stream.of("X-Debug-Route", "1"), Stream.of(headers))
                        .toArray(String[]::new));
    }

    private static CompletableFuture<Answer> explainedAsync(String model) {
        return CompletableFuture.supplyAsync(() -> explained(model), task -> new Thread(task).start());
    }

    private static JsonNode route(Answer answer) {
        return answer.json().path("route");
    }

    private static JsonNode candidate(JsonNode route, FakeWorker worker) {
        return StreamSupport.stream(route.path("candidates").spliterator(), false)
                .filter(one -> one.path("worker").asText().equals(worker.id()))
                .findFirst()
                .orElseThrow();
    }

    private static void serve(String model, FakeWorker... workers) {
        router.replace("""
                {"AI":{"%s":[%s]}}""".formatted(
                model,
                String.join(",", Stream.of(workers).map(FakeWorker::entry).toList())));
        Stream.of(workers).forEach(worker -> router.awaitState(worker, "READY"));
    }

    @Test
    void anAnswerComesWithTheWayItTook() {
        FakeWorker up = router.worker(answers("""
                {"exact": 1.50}"""));
        FakeWorker down = router.worker(answers("2"));
        serve("fib", up, down);
        down.stop();
        router.awaitState(down, "DOWN");

        Answer answer = explained("fib");
        JsonNode route = route(answer);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.body()).startsWith("""
                {"answer":{"exact": 1.50},"route":{""");
        assertThat(route.path("model").asText()).isEqualTo("AI/fib");
        assertThat(route.path("policy").asText()).isEqualTo("round_robin");
        assertThat(route.path("revision").asText())
                .isEqualTo(router.get("/v1/model_workers_map").header("X-Routing-Revision"));
        assertThat(route.path("candidates")).hasSize(2);
        assertThat(candidate(route, down).path("state").asText()).isEqualTo("DOWN");
        assertThat(candidate(route, down).path("score").isNull()).isTrue();
        assertThat(candidate(route, up).path("state").asText()).isEqualTo("READY");
        assertThat(candidate(route, up).path("score").asDouble()).isZero();
        assertThat(candidate(route, up).path("weight").asInt()).isEqualTo(1);
        assertThat(candidate(route, up).path("warmth_percent").asInt()).isBetween(10, 100);
        assertThat(candidate(route, up).path("in_flight").asInt()).isZero();
        assertThat(route.path("choice").asText()).isEqualTo(up.id());
        assertThat(route.path("attempts")).hasSize(1);
        assertThat(route.path("attempts").path(0).path("worker").asText()).isEqualTo(up.id());
        assertThat(route.path("attempts").path(0).path("outcome").asText()).isEqualTo("answered 200");
        assertThat(route.path("attempts").path(0).path("ms").asDouble()).isPositive();
        assertThat(List.of("queued", "batched", "cached"))
                .allSatisfy(flag -> assertThat(route.path(flag).isBoolean()
                                && !route.path(flag).asBoolean())
                        .isTrue());
        assertThat(route.path("fallback").isNull()).isTrue();
        assertThat(candidate(route(explained("fib")), up).path("latency_ms").asDouble())
                .isPositive();
    }

    @Test
    void anEjectedWorkerIsShownAsSuch() {
        FakeWorker broken = router.worker(answers(500, "x"));
        FakeWorker healthy = router.worker(answers("2"));
        serve("fib", broken, healthy);
        for (int i = 0; i < 100 && broken.calls() < 4; i++) {
            router.predict();
        }
        router.awaitState(broken, "EJECTED");

        JsonNode route = route(explained("fib"));

        assertThat(candidate(route, broken).path("state").asText()).isEqualTo("EJECTED");
        assertThat(candidate(route, broken).path("score").isNull()).isTrue();
        assertThat(route.path("choice").asText()).isEqualTo(healthy.id());
    }

    @Test
    void aFailureComesWithItsAttemptsInOrder() {
        FakeWorker breaks = router.worker(answers(500, "x"));
        FakeWorker busy = router.worker(answers(503, "x"));
        serve("fib", breaks, busy);

        Answer answer = explained("fib");
        JsonNode attempts = route(answer).path("attempts");

        assertThat(answer.status()).isIn(502, 503);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("tries").asInt()).isEqualTo(2);
        assertThat(attempts).hasSize(2);
        assertThat(attempts.path(0).path("worker").asText())
                .isEqualTo(route(answer).path("choice").asText());
        assertThat(attempts)
                .allSatisfy(attempt -> assertThat(attempt.path("outcome").asText())
                        .isEqualTo(attempt.path("worker").asText().equals(breaks.id()) ? "error_status" : "busy"));
    }

    @Test
    void aRefusalAndAPassedDeadlineComeWithTheirWayToo() {
        FakeWorker worker = router.worker(answers(422, """
                {"error":"no"}"""));
        serve("fib", worker);
        Answer refused = explained("fib");
        worker.predicts(Scripts.hangs());
        Answer late = explained("fib", "X-Request-Timeout-Ms", "100");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.detail()).isEqualTo("no");
        assertThat(route(refused).path("attempts").path(0).path("outcome").asText())
                .isEqualTo("answered 422");
        assertThat(late.status()).isEqualTo(504);
        assertThat(route(late).path("attempts").path(0).path("outcome").asText())
                .isEqualTo("deadline");
    }

    @Test
    void aCallThatCameNowhereHasAnEmptyWay() {
        Answer unknown = router.post("/v1/XY_model/predict", """
                {"modelId":"a","data":1}""", "X-Debug-Route", "1");

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(route(unknown).path("candidates")).isEmpty();
        assertThat(route(unknown).has("model")).isFalse();
    }

    @Test
    void aWorkerThatAnswersNoJsonIsQuoted() {
        serve("fib", router.worker(answers("so \"so\"")));

        assertThat(explained("fib").json().path("answer").asText()).isEqualTo("so \"so\"");
    }

    @Test
    void aCallThatWaitedSaysSo() {
        HeldCalls held = new HeldCalls();
        serve("fib", router.worker(held));
        CompletableFuture<Answer> first = explainedAsync("fib");
        Awaitility.await().until(() -> held.here() == 1);
        CompletableFuture<Answer> second = explainedAsync("fib");
        router.awaitWaiting(1);

        held.letGo(2);

        assertThat(route(first.join()).path("queued").asBoolean()).isFalse();
        assertThat(route(second.join()).path("queued").asBoolean()).isTrue();
        assertThat(route(second.join()).path("queued_ms").asDouble()).isPositive();
    }

    @Test
    void callsThatWereJoinedSaySo() {
        FakeWorker worker = router.worker(call -> {
            int size = Integer.parseInt(call.headers().getOrDefault("X-Foretell-Batch", "0"));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            String answer = """
                    {"status":200,"body":1}""";
            call.answer(200, size == 0 ? "1" : "[" + String.join(",", Collections.nCopies(size, answer)) + "]");
        });
        worker.says("""
                {"functions":{"many":{"path":"/many","batch":{"max":8}}}}""");
        serve("many", worker);

        List<CompletableFuture<Answer>> calls =
                Stream.generate(() -> explainedAsync("many")).limit(16).toList();

        assertThat(calls).allSatisfy(call -> {
            assertThat(call.join().json().path("answer").asInt()).isEqualTo(1);
            assertThat(route(call.join()).path("attempts")).hasSize(1);
        });
        assertThat(calls)
                .anySatisfy(
                        call -> assertThat(route(call.join()).path("batched").asBoolean())
                                .isTrue());
    }

    @Test
    void answersThatNoWorkerGaveSayWhereTheyAreFrom() {
        FakeWorker worker = router.worker(answers("7"));
        serve("kept", worker);
        explained("kept");
        Answer kept = explained("kept");
        serve("safe", worker.predicts(answers(500, "x")));
        Answer safe = explained("safe");

        assertThat(kept.json().path("answer").asInt()).isEqualTo(7);
        assertThat(kept.header("X-Router-Cache")).isEqualTo("hit");
        assertThat(route(kept).path("cached").asBoolean()).isTrue();
        assertThat(route(kept).path("attempts")).isEmpty();
        assertThat(route(kept).path("choice").isNull()).isTrue();
        assertThat(safe.status()).isEqualTo(200);
        assertThat(safe.json().path("answer").asInt()).isZero();
        assertThat(route(safe).path("fallback").asText()).isEqualTo("default; reason=worker_failed");
        assertThat(route(safe).path("attempts")).hasSize(1);
    }

    @Test
    void whoDoesNotAskIsNotTold() {
        serve("fib", router.worker(answers("2")));

        assertThat(router.predict("X-Debug-Route", "0").body()).isEqualTo("2");
        assertThat(router.predict().body()).isEqualTo("2");
    }
}
