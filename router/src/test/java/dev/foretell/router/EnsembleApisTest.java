package dev.foretell.router;

import static dev.foretell.router.EnsembleStage.predict;
import static dev.foretell.router.EnsembleStage.put;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.LiveRouter.Answer;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An ensemble is called like a model at every API, and is counted like one. */
class EnsembleApisTest {
    @RegisterExtension
    static final LiveRouter router = LiveRouter.with("deadline.by-default", "60s");

    @BeforeEach
    void serve() {
        FakeWorker functions = router.worker(ScriptedFunctions::play).says(ScriptedFunctions.INDEX);
        FakeWorker other = EnsembleStage.answering(router, "7");
        router.replace("{\"AI\":{\"fib\":[" + functions.entry() + "],\"python\":[" + functions.entry() + "],\"other\":["
                + other.entry() + "]}}");
        Awaitility.await()
                .until(() -> router.get("/v2/models/fib").json().path("outputs").size() == 1);
        put(router, "mix", "{\"merge\":\"mean\",\"members\":[\"fib\",\"python\",\"other\"]}");
    }

    @Test
    void byPath() {
        Answer answer = router.post("/v1/AI_model/mix/predict", "{\"n\":10}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().asDouble()).isEqualTo((55 + 55 + 7) / 3.0);
    }

    @Test
    void aLongBodyGoesToAllMembers() {
        String padding = " ".repeat(2 << 20);

        Answer answer = router.post("/v1/AI_model/mix/predict", "{\"n\":10" + padding + "}");

        assertThat(answer.json().asDouble()).as(answer.body()).isEqualTo((55 + 55 + 7) / 3.0);
    }

    @Test
    void aLongBodyOfUnknownLengthGoesToAllMembers() {
        byte[] body = ("{\"n\":10" + " ".repeat(2 << 20) + "}").getBytes(StandardCharsets.UTF_8);
        String url = "/v1/AI_model/mix/predict";

        Answer packed = router.send(
                "POST", url, BodyPublishers.ofByteArray(Packed.GZIP.pack(body)), "Content-Encoding", "gzip");
        Answer chunked = router.send("POST", url, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
        Answer tooLong = router.send(
                "POST",
                url,
                BodyPublishers.ofByteArray(
                        Packed.GZIP.pack(" ".repeat(11_000_000).getBytes(StandardCharsets.UTF_8))),
                "Content-Encoding",
                "gzip");

        assertThat(packed.json().asDouble()).as(packed.body()).isEqualTo((55 + 55 + 7) / 3.0);
        assertThat(chunked.json().asDouble()).as(chunked.body()).isEqualTo((55 + 55 + 7) / 3.0);
        assertThat(tooLong.status()).as(tooLong.body()).isEqualTo(413);
    }

    @Test
    void byTheOpenInferenceProtocol() {
        Answer metadata = router.get("/v2/models/mix");
        Answer answer =
                router.post("/v2/models/mix/infer", OipStage.infer(OipStage.input("n", "[2]", "INT64", "[10,11]")));

        assertThat(metadata.json().path("platform").asText()).isEqualTo("ensemble");
        assertThat(metadata.json().path("inputs").toString()).contains("\"n\"");
        assertThat(metadata.json().path("outputs").toString()).contains("\"result\"", "FP64");
        assertThat(router.get("/v2/models/mix/ready").status()).isEqualTo(200);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("X-Ensemble-Members")).isEqualTo("3/3");
        assertThat(answer.json().path("outputs").get(0).path("data"))
                .extracting(JsonNode::doubleValue)
                .containsExactly(39.0, (89 + 89 + 7) / 3.0);
    }

    @Test
    void byFractalsApi() {
        Answer answer = router.post("/api/v1/models/mix/prediction", "{\"n\":10}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("values").asDouble()).isEqualTo(39);
        assertThat(answer.header("X-Ensemble-Members")).isEqualTo("3/3");
    }

    @Test
    void theListsOfFractalsApiNameIt() {
        put(router, "listed", "{\"merge\":\"max\",\"members\":[\"fib\"],\"description\":\"the largest\"}");

        Answer deleted = router.delete("/api/v1/models/listed.onnx");

        assertThat(router.get("/api/v1/models").json().path("model_list").toString())
                .contains("\"listed.onnx\"");
        assertThat(router.get("/api/v1/models/information")
                        .json()
                        .path("model_list")
                        .toString())
                .contains("{\"description\":\"the largest\",\"model\":\"listed.onnx\"}");
        assertThat(router.get("/api/v1/models/listed.onnx").json().path("model").asText())
                .isEqualTo("listed.onnx");
        assertThat(deleted.status()).as(deleted.body()).isEqualTo(404);
        assertThat(deleted.body()).contains("'listed' is an ensemble").contains("/v1/ensembles/listed");
    }

    @Test
    void aNameThatIsNearlyItsOwnIsHintedAt() {
        put(router, "weather", "{\"merge\":\"max\",\"members\":[\"fib\"]}");

        assertThat(predict(router, "wether").detail()).contains("did you mean weather");
        assertThat(router.get("/v2/models/wether").body()).contains("weather");
        assertThat(router.get("/api/v1/models/wether.onnx").body()).contains("weather");
    }

    @Test
    void statisticsHaveItsCalls() {
        put(router, "measured", "{\"merge\":\"max\",\"members\":[\"fib\",\"other\"],\"onMissing\":\"fail\"}");
        predict(router, "measured");
        router.post("/v1/AI_model/measured/predict", "{\"n\":3}");
        router.post("/v1/AI_model/measured/predict", "{\"n\":-1}");

        JsonNode stats = router.get("/v2/models/measured/stats").json().at("/model_stats/0");

        assertThat(stats.path("inference_count").asLong()).as(stats.toString()).isEqualTo(2);
        assertThat(stats.at("/inference_stats/success/count").asLong()).isEqualTo(2);
        assertThat(stats.at("/inference_stats/success/ns").asLong()).isPositive();
        assertThat(stats.at("/inference_stats").has("compute_infer")).isFalse();
        assertThat(router.get("/v2/models/stats").json().path("model_stats").findValuesAsText("name"))
                .contains("measured");
    }

    @Test
    void membersWithAnOutputForEachClassGiveALabelAndProbabilitiesByTheirNames() {
        FakeWorker worker = router.worker(call -> call.answer(200, "{\"cat\":0.75,\"dog\":0.25}"))
                .says("""
                {"app":"classes","version":"1","functions":{"pet":{"path":"/pet",
                 "parameters":[{"name":"n","type":"int","schema":{"type":"integer"}}],
                 "result":{"type":"object","properties":{"cat":{"type":"number"},"dog":{"type":"number"}}}}}}""");
        router.replace("{\"AI\":{\"pet\":[" + worker.entry() + "]}}");
        Awaitility.await()
                .until(() -> router.get("/v2/models/pet").json().path("outputs").size() == 2);
        put(router, "pets", "{\"merge\":\"softVote\",\"members\":[\"pet\"]}");

        JsonNode outputs = router.get("/v2/models/pets").json().path("outputs");
        JsonNode answered = router.post(
                        "/v2/models/pets/infer", OipStage.infer(OipStage.input("n", "[1]", "INT64", "[10]")))
                .json()
                .path("outputs");

        assertThat(outputs.findValuesAsText("name")).containsExactly("label", "probabilities");
        assertThat(answered.findValuesAsText("name")).containsExactly("label", "probabilities");
        assertThat(answered.findValuesAsText("datatype")).isEqualTo(outputs.findValuesAsText("datatype"));
        assertThat(answered.at("/0/data/0").asText()).isEqualTo("cat");
    }

    @Test
    void itsCallsAndThoseOfItsMembersAreCounted() {
        put(router, "counted", "{\"merge\":\"max\",\"members\":[\"fib\",\"other\"]}");
        predict(router, "counted");
        router.replace("{\"AI\":{\"spare\":[{\"host\":\"127.0.0.1\",\"port\":1}]}}");
        predict(router, "counted");

        String metrics = router.get("/metrics").body();
        assertThat(metrics)
                .contains("foretell_requests_total{model=\"AI/counted\",outcome=\"ok\",version=\"\"} 1.0")
                .contains("foretell_requests_total{model=\"AI/counted\",outcome=\"worker_error\",version=\"\"} 1.0")
                .contains("foretell_ensemble_members_missing_total{ensemble=\"AI/counted\"} 1.0");
        assertThat(router.get("/elb-healthcheck").body()).contains("counted");
    }

    @Test
    void aMemberThatVanishesTakesNothingElseDown() {
        put(router, "pair", "{\"merge\":\"mean\",\"quorum\":1,\"members\":[\"fib\",\"other\"]}");
        put(router, "outer", "{\"merge\":\"mean\",\"members\":[\"pair\"]}");
        FakeWorker functions = router.worker(ScriptedFunctions::play).says(ScriptedFunctions.INDEX);
        router.replace("{\"AI\":{\"fib\":[" + functions.entry() + "]}}");
        Awaitility.await()
                .until(() -> router.get("/v2/models/fib").json().path("outputs").size() == 1);

        String infer = OipStage.infer(OipStage.input("n", "[1]", "INT64", "[10]"));

        assertThat(router.get("/v2/models/outer").status()).isEqualTo(200);
        assertThat(router.get("/v2/models/pair").json().path("inputs").toString())
                .contains("\"n\"");
        assertThat(router.get("/v2/models/pair/ready").status()).isEqualTo(200);
        assertThat(router.get("/v2/models/stats").status()).isEqualTo(200);
        assertThat(router.post("/v2/repository/index", "{}").json().findValuesAsText("name"))
                .contains("fib", "pair", "outer");
        assertThat(router.post("/v2/models/outer/infer", infer).status()).isEqualTo(200);
        assertThat(router.get("/v2/models/nosuch").status()).isEqualTo(404);
        assertThat(router.post("/v2/models/nosuch/infer", infer).status()).isEqualTo(404);
        assertThat(router.get("/v2/models/pairs").body()).contains("pair");
        assertThat(router.get("/v2/models/pair/versions/1").body()).contains("has no versions");
        assertThat(router.put("/v1/ensembles/next", "{\"merge\":\"mean\",\"members\":[\"other\"]}")
                        .status())
                .isEqualTo(422);
    }
}
