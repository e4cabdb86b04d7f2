package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.LiveRouter.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows P3 to P6 of the documents we follow: predicting, learning paths, unknown ids, counting. */
class PredictTest {
    @RegisterExtension
    static final LiveRouter router = LiveRouter.with();

    @Test
    void passesTheWorkersAnswerOnAsItIs() {
        FakeWorker worker = router.worker(answers("2"));
        router.serve(worker);

        Answer answer = router.predict();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("2");
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(worker.last().line()).isEqualTo("POST /predict HTTP/1.1");
        assertThat(worker.last().body()).isEqualTo("""
                {"n":2}""");
        assertThat(worker.last().headers()).containsEntry("Content-Type", "application/json");
    }

    @Test
    void readsTheBodyWhateverTheContentTypeSays() {
        router.serve(router.worker(answers("2")));

        assertThat(router.predict("Content-Type", "application/x-www-form-urlencoded")
                        .body())
                .isEqualTo("2");
        assertThat(router.predict("Content-Type", "text/csv").body()).isEqualTo("2");
    }

    @Test
    void keepsTheDataByteForByte() {
        FakeWorker worker = router.worker(answers("1"));
        router.serve(worker);
        String data = """
                { "a" : [1.0,  2e5,
                "\\u00e9é"] , "b":null}""";

        router.predictBody("""
                {"data": %s , "other":{"data":[]}, "modelId" :"fib"}""".formatted(data));

        assertThat(worker.last().body()).isEqualTo(data);
    }

    @Test
    void keepsTheWorkersStatusAndHeadersButNotThoseOfItsConnectionNorThoseThatSpeakForTheRouter() {
        router.serve(router.worker(answers(
                201,
                "made",
                "X-Own",
                "yes",
                "Connection",
                "keep-alive, X-Hop",
                "X-Hop",
                "x",
                "Keep-Alive",
                "timeout=5",
                "Proxy-Connection",
                "x",
                "Set-Cookie",
                "a=b",
                "Access-Control-Allow-Origin",
                "*",
                "X-Router-Cache",
                "hit",
                "x-foretell-batch",
                "3",
                "Server",
                "snake/1.0",
                "X-Request-Id",
                "the-workers")));

        Answer answer = router.predict();
        Answer named = router.predict("X-Request-Id", "the-callers");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("X-Own")).isEqualTo("yes");
        assertThat(answer.headers().keySet())
                .doesNotContain(
                        "connection",
                        "x-hop",
                        "keep-alive",
                        "proxy-connection",
                        "set-cookie",
                        "access-control-allow-origin",
                        "x-router-cache",
                        "x-foretell-batch",
                        "server",
                        "x-request-id");
        assertThat(named.header("X-Request-Id")).isEqualTo("the-callers");
    }

    @Test
    void anAnswerWithoutABodyIsOne() {
        FakeWorker worker = router.worker(answers(200, ""));
        router.serve(worker);

        assertThat(router.predict().status()).isEqualTo(200);

        worker.predicts(call -> call.write("HTTP/1.1 204 X\r\n\r\n"));
        assertThat(router.predict().status()).isEqualTo(204);
    }

    @Test
    void anyRegisteredTypeHasItsUrl() {
        FakeWorker worker = router.worker(answers("\"LOUD\""));
        router.replace("""
                {"TEXT.v-1_x":{"shout":[%s]}}""".formatted(worker.entry()));

        assertThat(router.post("/v1/TEXT.v-1_x_model/predict", """
                {"modelId":"shout","data":{}}""").body()).isEqualTo("\"LOUD\"");
    }

    @Test
    void callsTheFunctionNamedLikeTheModel() {
        FakeWorker worker = router.worker(answers("1")).serves("other", "fib", "predict");
        router.serve(worker.entry("\"function\":\"other\""));

        router.predict();

        assertThat(worker.last().path()).isEqualTo("/fib");
    }

    @Test
    void callsTheOnlyFunctionThereIs() {
        FakeWorker worker = router.worker(answers("1")).says("""
                {"functions":{"x":{"path":"/deep/x"}}}""");
        router.serve(worker);

        router.predict();

        assertThat(worker.last().path()).isEqualTo("/deep/x");
    }

    @Test
    void callsTheFunctionGivenAtRegistrationWhereTheIndexLeavesItOpen() {
        FakeWorker worker = router.worker(answers("1")).serves("one", "two");
        router.serve(worker.entry("\"function\":\"two\""));

        router.predict();

        assertThat(worker.last().path()).isEqualTo("/two");
    }

    @Test
    void aWorkerWhoseIndexLeavesItOpenGetsNoCalls() {
        FakeWorker worker = router.worker(answers("1")).serves("one", "two");
        router.serve(worker);

        Answer answer = router.predict();

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("NO_WORKER");
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(answer.detail()).contains("has several functions");
        assertThat(worker.calls()).isZero();
    }

    @Test
    void aWorkerWithoutAnIndexIsCalledByTheModelsName() {
        for (String index : new String[] {"hello", "null", "[]", """
                {"functions":{}}""", """
                        {"functions":{"a":null}}"""}) {
            FakeWorker worker = router.worker(answers("1")).says(index);
            router.serve(worker);

            assertThat(router.predict().status()).as(index).isEqualTo(200);
            assertThat(worker.last().path()).as(index).isEqualTo("/fib");
        }
    }

    @Test
    void theDocumentsUnknownIdIsServedByTheOnlyModelAndCountedUnderTheIdThatWasSent() {
        FakeWorker worker = router.worker(answers("2"));
        router.replace("""
                {"AI":{"simple_example":[%s]}}""".formatted(worker.entry()));

        assertThat(router.predict().body()).isEqualTo("2");
        assertThat(router.predict().body()).isEqualTo("2");

        JsonNode counts = router.get("/elb-healthcheck").json().path("requests");
        assertThat(counts.path("fib").path(worker.id()).asInt()).isEqualTo(2);
    }

    @Test
    void pastAHundredUnknownIdsTheyCountAsOther() {
        FakeWorker worker = router.worker(answers("2"));
        router.replace("""
                {"MANY":{"m":[%s]}}""".formatted(worker.entry()));

        for (int i = 0; i < 110; i++) {
            String body = """
                    {"modelId":"unknown%s","data":{}}""".formatted(i);
            assertThat(router.post("/v1/MANY_model/predict", body).status()).isEqualTo(200);
        }

        JsonNode counts = router.get("/elb-healthcheck").json().path("requests");
        assertThat(counts.path("unknown99").path(worker.id()).asInt()).isEqualTo(1);
        assertThat(counts.has("unknown100")).isFalse();
        assertThat(counts.path("_other").path(worker.id()).asInt()).isEqualTo(10);
    }

    @Test
    void withSeveralModelsAnUnknownIdIsNotFoundAndTheNearestAreNamed() {
        FakeWorker worker = router.worker(answers("2"));
        router.replace("""
                {"AI":{"fibonacci":[%s],"iris":[%s]}}""".formatted(worker.entry(), worker.entry()));

        Answer answer = router.predictBody("""
                {"modelId":"fibonaci","data":{}}""");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("MODEL_NOT_FOUND");
        assertThat(answer.detail()).contains("'fibonaci'").contains("did you mean fibonacci");
        assertThat(worker.calls()).isZero();
    }

    @Test
    void anUnknownTypeIsNotFoundAndTheNearestIsNamed() {
        router.serve(router.worker(answers("2")));

        Answer answer = router.post("/v1/AJ_model/predict", """
                {"modelId":"fib","data":{}}""");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("MODEL_NOT_FOUND");
        assertThat(answer.detail()).contains("did you mean AI");
    }

    @Test
    void theWorkerIsToldHowLongItsAnswerIsWaitedFor() {
        FakeWorker worker = router.worker(answers("2"));
        router.serve(worker);

        router.predict("X-Request-Timeout-Ms", "5000");

        assertThat(Integer.parseInt(worker.last().headers().getOrDefault("X-Request-Timeout-Ms", "")))
                .isBetween(1, 5000);
    }

    @Test
    void healthcheckTellsUptimeCapacityRequestsAndHowWorkersAre() {
        FakeWorker worker = router.worker(answers("2"));
        router.serve(worker);
        router.predict();

        Answer answer = router.get("/elb-healthcheck");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).matches("""
                \\{"uptime": \\d+, "capacity": 100, "requests": \\{.*""");
        JsonNode alive = answer.json().path("Alive_info").path(worker.id());
        assertThat(alive.path("state").asText()).isEqualTo("READY");
        assertThat(alive.path("first_pass").isTextual()).isTrue();
        assertThat(alive.path("last_pass").isTextual()).isTrue();
        assertThat(alive.path("fail_count").asInt()).isZero();
    }

    @Test
    void healthcheckTellsHowManyAttemptsFailedAtEachWorker() {
        FakeWorker broken = router.worker(answers(500, "x"));
        FakeWorker healthy = router.worker(answers("2"));
        router.serve(broken, healthy);
        router.awaitState(broken, "READY");
        router.awaitState(healthy, "READY");

        for (int i = 0; i < 40; i++) {
            assertThat(router.predict().status()).isEqualTo(200);
        }

        JsonNode alive = router.get("/elb-healthcheck").json().path("Alive_info");
        assertThat(broken.calls()).isPositive();
        assertThat(alive.path(broken.id()).path("failures").asInt()).isEqualTo(broken.calls());
        assertThat(alive.path(healthy.id()).path("failures").isInt()).isTrue();
        assertThat(alive.path(healthy.id()).path("failures").asInt()).isZero();
    }

    @Test
    void healthcheckTellsWhatItTookToAnswerEachModel() {
        FakeWorker broken = router.worker(answers(500, "x"));
        FakeWorker healthy = router.worker(answers("2"));
        router.serve(broken, healthy);
        router.awaitState(broken, "READY");
        router.awaitState(healthy, "READY");
        long before = fibCounts().path("retries").asLong();

        for (int i = 0; i < 4; i++) {
            assertThat(router.predict().status()).isEqualTo(200);
        }

        assertThat(fibCounts().path("retries").asLong() - before).isEqualTo(broken.calls());
        assertThat(fibCounts().fieldNames())
                .toIterable()
                .containsExactly(
                        "retries",
                        "retries_under_way",
                        "retry_budget_exhausted",
                        "hedges_won",
                        "hedges_lost",
                        "copies",
                        "ejections",
                        "panic",
                        "batches",
                        "batched_calls");
    }

    private static JsonNode fibCounts() {
        return router.get("/elb-healthcheck").json().path("models").path("AI/fib");
    }

    @Test
    void healthcheckOfAnEmptyMapIsUnavailable() {
        router.serve(router.worker(answers("2")));
        router.delete("/v1/model_workers_map/AI");
        router.delete("/v1/model_workers_map/MANY");
        router.delete("/v1/model_workers_map/TEXT.v-1_x");

        Answer answer = router.get("/elb-healthcheck");

        assertThat(router.map()).isEqualTo("{}");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().path("capacity").asInt()).isZero();
    }

    @Test
    void capacityIsTheShareOfRegisteredWeightThatIsRoutable() {
        FakeWorker good = router.worker(answers("2"));
        FakeWorker gone = router.worker(answers("2"));
        gone.stop();
        router.serve(good.entry(), gone.entry("\"weight\":3"));
        router.awaitState(gone, "DOWN");
        router.awaitState(good, "READY");

        Answer answer = router.get("/elb-healthcheck");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("capacity").asInt()).isEqualTo(25);
    }

    @Test
    void aSmallRestOfCapacityIsStillCapacity() {
        FakeWorker good = router.worker(answers("2"));
        FakeWorker gone = router.worker(answers("2"));
        gone.stop();
        router.serve(good.entry(), gone.entry("\"weight\":1000"));
        router.awaitState(gone, "DOWN");
        router.awaitState(good, "READY");

        assertThat(router.predict().status()).isEqualTo(200);
        assertThat(router.get("/elb-healthcheck").status()).isEqualTo(200);
        assertThat(router.get("/elb-healthcheck").json().path("capacity").asInt())
                .isEqualTo(1);
    }
}
