package dev.foretell.router;

import static dev.foretell.router.LiveTasks.ORDER;
import static dev.foretell.router.LiveTasks.claim;
import static dev.foretell.router.LiveTasks.finish;
import static dev.foretell.router.LiveTasks.queue;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.LiveRouter.Answer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a trained model, with a trainer that the test plays. Each test has a model. */
class TrainedModelTest {
    @RegisterExtension
    static final LiveRouter LIVE = LiveRouter.with();

    private final FakeHost host = FakeHost.at(LIVE)
            .inspects(call -> call.answer(200, FakeHost.UNTYPED))
            .predicts(call -> call.answer(200, "{}"));

    @BeforeEach
    void serve() {
        host.servesAlone(LIVE);
    }

    /** A task that a trainer has. */
    private static JsonNode running(String model, String more) {
        queue(LIVE, ORDER.replaceAll("}$", """
                ,"serve":{"model":"%s"%s}}""".formatted(model, more)));
        return claim(LIVE, "a");
    }

    private static Answer end(JsonNode claimed, String file, String result) {
        return finish(LIVE, "a", claimed, """
                ,"outcome":"SUCCEEDED","model":"%s","result":{"metrics":{"accuracy":0.9}%s}""".formatted(LiveTasks.file(LIVE, file), result));
    }

    private static JsonNode model(String name) {
        return LIVE.get("/v1/models/" + name).json();
    }

    private static String weights(String name) {
        return model(name).at("/traffic/weights").toString();
    }

    @Test
    void aCanaryGetsItsShareAndTellsWhereItComesFrom() {
        FakeHost.upload(LIVE, "canary", "ONNX 0");
        JsonNode claimed = running("canary", """
                ,"as":"canary","weight":20""");
        Answer ended = end(claimed, "ONNX canary", "");
        Answer again = end(claimed, "ONNX canary", "");

        assertThat(ended.json().at("/result/served/version").asInt())
                .as(ended.toString())
                .isEqualTo(2);
        assertThat(ended.json().at("/result/served/weight").asInt()).isEqualTo(20);
        assertThat(again.status()).isEqualTo(409);
        assertThat(weights("canary")).isEqualTo("""
                {"1":80,"2":20}""");
        assertThat(model("canary").at("/traffic/canary/version").asInt()).isEqualTo(2);
        JsonNode provenance = model("canary").at("/versions/1/provenance");
        assertThat(provenance.path("task").asText())
                .isEqualTo(claimed.path("id").asText());
        assertThat(provenance.path("replaces").asText()).isEqualTo("1");
        assertThat(provenance.path("parameters").asText()).contains("decision-tree");
        assertThat(provenance.path("data").asText())
                .isEqualTo("sha256:" + claimed.at("/data/digest").asText());
    }

    @Test
    void aSecondCanaryIsRefusedBeforeItIsRegistered() {
        FakeHost.upload(LIVE, "split", "ONNX 0");
        end(running("split", ",\"as\":\"canary\""), "ONNX split 1", "");
        Answer second = end(running("split", ",\"as\":\"canary\""), "ONNX split 2", "");

        assertThat(second.json().path("state").asText()).isEqualTo("FAILED");
        assertThat(second.json().path("error").asText()).contains("split over several versions already");
        assertThat(model("split").path("versions")).hasSize(2);
        assertThat(weights("split")).isEqualTo("""
                {"1":90,"2":10}""");
    }

    @Test
    void onlyABetterModelIsRegistered() {
        FakeHost.upload(LIVE, "best", "ONNX 0");
        String order = """
                ,"as":"promote","if-better-on":"accuracy\"""";
        Answer equal = end(running("best", order), "ONNX equal", compared(0.95, 0.95));
        Answer better = end(running("best", order), "ONNX better", compared(0.96, 0.95));

        assertThat(equal.json().path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(equal.json().path("result").has("served")).isFalse();
        assertThat(equal.json().at("/result/not_served").asText())
                .isEqualTo("accuracy 0.950000 is not better than 0.950000 of best:1");
        assertThat(better.json().at("/result/served/version").asInt()).isEqualTo(2);
        assertThat(weights("best")).isEqualTo("""
                {"2":100}""");
    }

    private static String compared(double candidate, double incumbent) {
        return """
                ,"comparison":{"metric":"accuracy","candidate":%s,"incumbent":%s,"version":1}""".formatted(candidate, incumbent);
    }

    @Test
    void aModelThatWasNotComparedWithTheVersionThatServesIsNotRegistered() {
        FakeHost.upload(LIVE, "moved", "ONNX 0");
        String order = ",\"if-better-on\":\"accuracy\"";
        Answer silent = end(running("moved", order), "ONNX silent", "");
        Answer other =
                end(running("moved", order), "ONNX other", compared(1, 0).replace("\"version\":1", "\"version\":7"));

        assertThat(silent.json().path("error").asText()).contains("moved:1 serves now", "retry the task");
        assertThat(other.json().path("state").asText()).isEqualTo("FAILED");
        assertThat(model("moved").path("versions")).hasSize(1);
    }

    @Test
    void theFirstVersionHasNothingToBeat() {
        Answer first = end(running("first", """
                ,"as":"canary","if-better-on":"accuracy\""""), "ONNX first", "");

        assertThat(first.json().at("/result/served/version").asInt())
                .as(first.toString())
                .isEqualTo(1);
        assertThat(first.json().at("/result/served/weight").asInt()).isEqualTo(100);
        assertThat(weights("first")).isEqualTo("""
                {"1":100}""");
    }

    /** A search that kept three, the first of which may be served. */
    private static Answer endSearch(JsonNode claimed, String name) {
        return end(claimed, "ONNX " + name + " 1", """
                ,"runners_up":["%s","%s"],"leaderboard":[{"rank":1},{"rank":2,"algorithm":"second"},{"rank":3}]""".formatted(
                        LiveTasks.file(LIVE, "ONNX " + name + " 2"), LiveTasks.file(LIVE, "ONNX " + name + " 3")));
    }

    private static JsonNode runningSearch(String model, String ensemble) {
        String order = LiveTasks.SEARCH.replace("\"timeLimit\":60", "\"keep\":3");
        queue(LIVE, order.replaceAll("}$", """
                ,"serve":{"model":"%s","as":"staged","ensemble":"%s"}}""".formatted(model, ensemble)));
        return claim(LIVE, "a");
    }

    @Test
    void theBestOfASearchAreVersionsAndAnEnsembleThatIsCalled() {
        FakeHost.upload(LIVE, "wine", "ONNX wine 0");
        for (int i = 1; i <= 3; i++) {
            int number = i;
            host.predicts("ONNX wine " + i, call -> call.answer(200, String.valueOf(number)));
        }
        Answer ended = endSearch(runningSearch("wine", "wine-best"), "wine");

        assertThat(ended.json().at("/result/served/ensemble").asText())
                .as(ended.toString())
                .isEqualTo("wine-best");
        assertThat(ended.json().at("/result/served/members").toString())
                .isEqualTo("[\"wine:2\",\"wine:3\",\"wine:4\"]");
        assertThat(weights("wine")).isEqualTo("{\"1\":100}");
        assertThat(model("wine").at("/versions").findValuesAsText("pipeline"))
                .containsExactlyInAnyOrder("{\"rank\":2,\"algorithm\":\"second\"}", "{\"rank\":3}");
        Awaitility.await()
                .untilAsserted(() -> assertThat(
                                EnsembleStage.predict(LIVE, "wine-best").body())
                        .isEqualTo("2.0"));
    }

    @Test
    void theNextSearchReplacesTheEnsemble() {
        endSearch(runningSearch("next", "next-best"), "next a");
        Answer second = endSearch(runningSearch("next", "next-best"), "next b");

        assertThat(second.json().at("/result/served/members").toString())
                .as(second.toString())
                .isEqualTo("[\"next:4\",\"next:5\",\"next:6\"]");
        assertThat(LIVE.get("/v1/ensembles/next-best").json().path("members").findValuesAsText("model"))
                .containsExactly("next:4", "next:5", "next:6");
    }

    @Test
    void aSearchThatIsCancelledWhileItsModelsAreRegisteredLeavesNeitherVersionsNorEnsemble() {
        JsonNode claimed = runningSearch("short", "short-best");
        AtomicInteger inspected = new AtomicInteger();
        host.inspects(call -> {
            if (inspected.incrementAndGet() == 3) {
                LIVE.post("/v1/tasks/" + claimed.path("id").asText() + "/cancel", "");
            }
            call.answer(200, FakeHost.UNTYPED);
        });

        assertThat(endSearch(claimed, "short").status()).isEqualTo(409);
        assertThat(inspected).hasValue(3);
        assertThat(LIVE.get("/v1/models/short").status()).isEqualTo(404);
        assertThat(LIVE.get("/v1/ensembles/short-best").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "keep":1 | taken | 422 | serve.ensemble is for a search that keeps several models
                    "keep":2 | model | 422 | serve.ensemble must be another name than serve.model
                    "keep":2 | a..b  | 422 | the ensemble's name 'a..b' must be
                    "keep":2 | taken | 409 | there is a model 'taken' of type AI already
                    """)
    void anEnsembleThatCannotBeIsRefusedAtTheOrder(String keep, String ensemble, int status, String why) {
        FakeHost.upload(LIVE, "taken", "ONNX 0");
        Answer refused = LIVE.post(
                "/v1/tasks",
                LiveTasks.SEARCH.replace("\"timeLimit\":60", keep).replaceAll("}$", """
                        ,"serve":{"model":"model","ensemble":"%s"}}""".formatted(ensemble)));

        assertThat(refused.status()).as(refused.toString()).isEqualTo(status);
        assertThat(refused.detail()).contains(why);
    }

    /** As a router leaves it that dies between the registration and the end of a task that was cancelled meanwhile. */
    @Test
    void theVersionOfACancelledTaskIsTakenBackThoughItsRouterIsGone() {
        FakeHost.upload(LIVE, "left", "ONNX 0");
        JsonNode claimed = running("left", ",\"as\":\"promote\"");
        end(claimed, "ONNX left", "");
        String id = claimed.path("id").asText();
        String document = RedisByHand.say(LIVE, "HGET {foretell}:tasks " + id);

        assertThat(weights("left")).isEqualTo("{\"2\":100}");
        RedisByHand.say(LIVE, "HSET {foretell}:tasks " + id + " '" + document.replace("SUCCEEDED", "CANCELLED") + "'");

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(model("left").path("versions")).hasSize(1));
        assertThat(weights("left")).isEqualTo("{\"1\":100}");
    }

    @Test
    void aTaskThatIsCancelledWhileItsModelIsRegisteredLeavesNoVersion() {
        FakeHost.upload(LIVE, "gone", "ONNX 0");
        for (String model : new String[] {"gone", "never"}) {
            JsonNode claimed = running(model, ",\"as\":\"promote\"");
            host.inspects(call -> {
                LIVE.post("/v1/tasks/" + claimed.path("id").asText() + "/cancel", "");
                call.answer(200, FakeHost.UNTYPED);
            });

            assertThat(end(claimed, "ONNX of " + model, "").status()).isEqualTo(409);
        }

        assertThat(model("gone").path("versions")).hasSize(1);
        assertThat(weights("gone")).isEqualTo("""
                {"1":100}""");
        assertThat(LIVE.get("/v1/models/never").status()).isEqualTo(404);
    }
}
