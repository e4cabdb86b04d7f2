package dev.foretell.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The walk of Prediction.aas (rows P1 to P6), typed as its document types it. */
class WalkTest {
    private static final String SOURCE = Path.of("..", "examples", "Predict.java") + "::predict";

    @TempDir
    Path folder;

    @Test
    void walksWithTwoWorkersOfOurs() {
        try (Child one = Child.foretell("worker", SOURCE, "-b", "127.0.0.1:0");
                Child two = Child.foretell("worker", SOURCE, "-b", "127.0.0.1:0");
                Child router = Child.foretell(
                        "router", "--port", "0", "--data", folder.toString(), "--set", "http.drain-delay=0s")) {
            walk(router.url(), one.port(), two.port());
        }
    }

    @Test
    void walksWithAFireflyWorkerBesideOurs() {
        try (FireflyStub firefly = new FireflyStub();
                Child ours = Child.foretell("worker", SOURCE, "-b", "127.0.0.1:0");
                Child router = Child.foretell(
                        "router", "--port", "0", "--data", folder.toString(), "--set", "http.drain-delay=0s")) {
            walk(router.url(), firefly.port(), ours.port());

            assertThat(firefly.calls()).isPositive();
        }
    }

    /** Digits of their own, letters that change case another way. */
    @ParameterizedTest
    @CsvSource({"ar,EG", "tr,TR"})
    void walksInTheLanguageOfItsUser(String language, String country) {
        try (Child one = Child.foretellIn(language, country, "worker", SOURCE, "-b", "127.0.0.1:0");
                Child two = Child.foretellIn(language, country, "worker", SOURCE, "-b", "127.0.0.1:0");
                Child router = Child.foretellIn(
                        language,
                        country,
                        "router",
                        "--port",
                        "0",
                        "--data",
                        folder.toString(),
                        "--set",
                        "http.drain-delay=0s")) {
            walk(router.url(), one.port(), two.port());
        }
    }

    private static void walk(String router, int one, int two) {
        String map = """
                {"AI": {"simple_example": [{"host": "localhost", "port": %d, "local_worker_id": 0}, \
                {"host": "localhost", "port": %d, "local_worker_id": 0}]}}""".formatted(one, two);
        String idOne = "localhost-" + one + "-0";
        String idTwo = "localhost-" + two + "-0";

        Http.Reply registered = Http.put(router + "/v1/model_workers_map", map);
        Http.Reply again = Http.put(router + "/v1/model_workers_map", map);

        assertThat(registered).isEqualTo(new Http.Reply(200, """
                {"Register Model Service": "Success"}"""));
        assertThat(again).isEqualTo(registered);

        assertThat(Http.predict(router, "fib", 2)).isEqualTo(new Http.Reply(200, "2"));
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        Http.get(router + "/v1/model_workers_map?model-type=AI")
                                .json()
                                .findValuesAsText("state")
                                .stream()
                                .allMatch("READY"::equals));

        JsonNode workers =
                Http.get(router + "/v1/model_workers_map?model-type=AI").json();
        assertThat(workers.fieldNames()).toIterable().containsExactlyInAnyOrder(idOne, idTwo);
        assertThat(workers.path(idOne).path("host").asText()).isEqualTo("localhost");
        assertThat(workers.path(idOne).path("port").asInt()).isEqualTo(one);
        assertThat(workers.path(idOne).path("local_worker_id").asInt()).isZero();
        assertThat(workers.path(idOne).path("global_worker_id").asText()).isEqualTo(idOne);
        assertThat(Http.get(router + "/v1/model_workers_map").body()).isEqualTo(map);

        for (int i = 0; i < 59; i++) {
            assertThat(Http.predict(router, "fib", 10)).isEqualTo(new Http.Reply(200, "89"));
        }
        JsonNode health = Http.get(router + "/elb-healthcheck").json();
        assertThat(health.path("uptime").isInt()).isTrue();
        assertThat(health.path("capacity").asInt()).isEqualTo(100);
        JsonNode requests = health.path("requests").path("fib");
        assertThat(requests.path(idOne).asInt()).isPositive();
        assertThat(requests.path(idTwo).asInt()).isPositive();
        assertThat(requests.path(idOne).asInt() + requests.path(idTwo).asInt()).isEqualTo(60);
    }
}
