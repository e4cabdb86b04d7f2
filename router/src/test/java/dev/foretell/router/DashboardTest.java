package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.LiveRouter.Answer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the dashboard is told of calls, models and workers. */
class DashboardTest {
    private static final String WORKERS = "/v1/dashboard/workers";

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with();

    private static JsonNode overview() {
        return router.get("/v1/dashboard/overview").json();
    }

    @Test
    void callsAppearInTheOverviewTheListAndTheHistory() {
        FakeWorker worker = router.worker(call -> call.answer(200, "1"));
        router.serve(worker);
        router.awaitState(worker, "READY");
        for (int i = 0; i < 20; i++) {
            assertThat(router.predict().status()).isEqualTo(200);
        }
        assertThat(router.predictBody("{\"modelId\":\"nobody\",\"data\":1}").status())
                .isIn(200, 404);

        Awaitility.await().untilAsserted(() -> {
            JsonNode history =
                    router.get("/v1/dashboard/history?span=1m&model=AI/fib").json();
            double calls = 0;
            for (JsonNode value : history.at("/series/calls")) {
                calls += value.asDouble();
            }
            assertThat(history.at("/stepSeconds").asInt()).isEqualTo(1);
            assertThat(calls).isGreaterThanOrEqualTo(20);
            assertThat(history.at("/series/p99Millis").findValues("x")).isEmpty();
        });
        JsonNode now = overview();
        assertThat(now.path("role").asText()).isEqualTo("full");
        assertThat(now.path("models").asInt()).isEqualTo(1);
        assertThat(now.path("workers").asInt()).isEqualTo(1);
        assertThat(now.path("p99Millis").asDouble()).isPositive();
        JsonNode model = router.get("/v1/dashboard/models?search=FIB").json().at("/items/0");
        assertThat(model.path("kind").asText()).isEqualTo("function");
        assertThat(model.path("state").asText()).isEqualTo("ready");
        assertThat(model.at("/workers/ready").asInt()).isEqualTo(1);
        JsonNode details = router.get("/v1/dashboard/models/AI/fib").json();
        assertThat(details.at("/outcomes/ok").asInt()).isGreaterThanOrEqualTo(20);
        assertThat(details.at("/latency/counts"))
                .hasSize(details.at("/latency/boundsMillis").size() + 1);
        assertThat(details.at("/endpoints/0/id").asText()).isEqualTo(worker.id());
    }

    @Test
    void aWorkerThatGoesSaysWhyAndLeavesAStripAndAnEvent() {
        FakeWorker worker = router.worker(call -> call.answer(200, "1"));
        router.serve(worker);
        router.awaitState(worker, "READY");
        Awaitility.await()
                .until(() -> router.get(WORKERS + "?search=ready")
                        .json()
                        .at("/items/0/strip")
                        .findValuesAsText("state")
                        .contains("READY"));

        worker.close();

        Awaitility.await().untilAsserted(() -> {
            JsonNode item = router.get(WORKERS).json().at("/items/0");
            assertThat(item.path("state").asText()).isEqualTo("DOWN");
            assertThat(item.path("why").asText()).startsWith("it fails its probes");
            assertThat(item.path("strip").findValuesAsText("state")).contains("READY", "DOWN");
            assertThat(overview().path("problems").findValuesAsText("what"))
                    .contains("no worker takes calls of AI/fib");
            assertThat(router.get("/v1/events?search=is+down")
                            .json()
                            .path("items")
                            .findValuesAsText("what"))
                    .anyMatch(what -> what.startsWith(worker.id() + " of AI/fib is down: it fails its probes"));
        });
    }

    @Test
    void aWriteIsRecordedWithWhatItChanged() {
        FakeWorker worker = router.worker(call -> call.answer(200, "1"));
        router.serve("""
                {"host":"localhost","port":1}""");
        router.serve(worker);
        router.serve(worker);
        String drain = "/v1/workers/" + worker.id() + "/drain";
        router.post(drain, "");
        router.delete(drain);

        Awaitility.await().untilAsserted(() -> {
            JsonNode items =
                    router.get("/v1/events?search=write&limit=3").json().path("items");
            assertThat(items.findValuesAsText("what"))
                    .containsExactly(
                            "undrained worker " + worker.id(),
                            "drained worker " + worker.id(),
                            "changed the routing map");
            assertThat(items.findValuesAsText("from")).containsOnly("127.0.0.1");
            assertThat(items.get(2).path("before").asText()).isEqualTo("AI/fib: localhost-1-0");
            assertThat(items.get(2).path("after").asText()).isEqualTo("AI/fib: " + worker.id());
            assertThat(items.get(1).path("after").asText()).isEqualTo("drained: [" + worker.id() + "]");
        });
    }

    @Test
    void aHostIsAWorkerAndNoModel() {
        FakeWorker host = router.worker(call -> call.answer(200, "1"));
        router.replace("""
                {"hosts": {"onnx": [%1$s], "inspect": [%1$s], "identity": [%1$s]}}""".formatted(host.entry()));

        Awaitility.await().untilAsserted(() -> {
            assertThat(router.get(WORKERS + "?search=hosts")
                            .json()
                            .path("items")
                            .findValuesAsText("model"))
                    .containsExactly("onnx");
            assertThat(router.get("/v1/dashboard/models?search=hosts")
                            .json()
                            .path("total")
                            .asInt())
                    .isZero();
            assertThat(overview().path("workers").asInt()).isPositive();
            assertThat(overview().path("models").asInt()).isZero();
        });
        assertThat(router.get("/v1/dashboard/models/hosts/onnx").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/dashboard/history?span=2m,              422, span must be one of",
        "/v1/dashboard/history?model=fib,            422, AI/fib",
        "/v1/dashboard/history?model=AI/nosuch,      404, nosuch",
        "/v1/dashboard/models?page=0,                422, page must be a number from 1",
        "/v1/dashboard/models?size=501,              422, size must be a number from 1 to 500",
        "/v1/dashboard/workers?sort=x,               422, there is no parameter",
        "/v1/dashboard/models/AI/nosuch,             404, there is no model AI/nosuch",
        "/v1/events?since=yesterday,                 422, since must be",
        "/v1/events?before=x,                        422, before must be",
        "/v1/events?limit=0,                         422, limit must be",
        "/v1/dashboard/stream?once=maybe,            422, once must be"
    })
    void badInputIsToldSo(String url, int status, String words) {
        Answer answer = router.get(url);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.detail()).contains(words);
    }
}
