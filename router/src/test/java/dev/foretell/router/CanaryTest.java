package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.router.FakeWorker.Script;
import dev.foretell.router.LiveRouter.Answer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Versions on trial: canaries are taken back where they do worse, shadows are compared. */
class CanaryTest extends RolloutFixture {
    private static final String HALF_TO_A_CANARY = """
            {"weights":{"1":50,"2":50},"canary":{"version":2,"atLeastCalls":20,"errorRatio":0.1,"p95Ratio":1000}}""";

    @Test
    void aCanaryThatFailsIsTakenBackUnderLoad() {
        version("failing", 1, answers("1"));
        version("failing", 2, answers(500, """
                {"error":"broken"}"""));
        assertThat(plan("failing", """
                {"weights":{"1":50,"2":50},"canary":{"version":2,"atLeastCalls":20,"errorRatio":0.1,\
                "p95Ratio":1000}}""").status()).isEqualTo(200);
        Load load = new Load("failing");

        await(() -> traffic("failing").has("note"));
        load.stop();

        JsonNode traffic = traffic("failing");
        assertThat(traffic.path("note").asText())
                .contains("Z: version 2 rolled back after")
                .contains("100.0 % failed");
        assertThat(traffic.path("weights").toString()).isEqualTo("""
                {"1":100,"2":0}""");
        assertThat(traffic.has("canary")).isFalse();
        assertAllAnswered(IntStream.range(0, 20).mapToObj(n -> call("failing")).toList());
    }

    @Test
    void aCanarysCallersMistakesAreNotHeldAgainstIt() {
        version("mistaken", 1, answers(422, """
                {"error":"no such input"}"""));
        version("mistaken", 2, answers(422, """
                {"error":"no such input"}"""));
        plan("mistaken", HALF_TO_A_CANARY);

        await(() -> {
            call("mistaken");
            return traffic("mistaken").at("/versions/2/calls").asInt() > 40;
        });

        assertThat(traffic("mistaken").at("/versions/2/failed").asInt()).isZero();
        assertThat(traffic("mistaken").has("note")).isFalse();
    }

    @Test
    void aCanaryThatRefusesWhatTheOtherVersionTakesIsTakenBack() {
        version("refusing", 1, answers("1"));
        version("refusing", 2, answers(422, """
                {"error":"no such input"}"""));
        plan("refusing", HALF_TO_A_CANARY);

        await(() -> {
            call("refusing");
            return traffic("refusing").has("note");
        });

        assertThat(traffic("refusing").path("note").asText()).contains("it refused 100.0 %, the others 0.0 %");
        assertThat(traffic("refusing").path("weights").toString()).isEqualTo("""
                {"1":100,"2":0}""");
    }

    @Test
    void aShadowsAnswersAreComparedAndNeitherGivenNorCounted() {
        version("shadowed", 1, answers("""
                {"values":[1.0,5]}"""));
        version("shadowed", 2, answers("""
                {"values":[1.00000001,10]}"""));
        plan("shadowed", """
                {"weights":{"1":100},"shadow":{"version":2,"percent":100}}""");

        for (int i = 0; i < 20; i++) {
            assertThat(call("shadowed").body()).isEqualTo("""
                    {"values":[1.0,5]}""");
        }

        await(() -> traffic("shadowed").at("/shadowed/compared").asInt() == 20);
        JsonNode shadow = traffic("shadowed").path("shadowed");
        assertThat(shadow.path("disagreement").asDouble()).isEqualTo(1);
        assertThat(shadow.path("largest")).hasSize(5);
        assertThat(shadow.at("/largest/0/at").asText()).isEqualTo("/values/1");
        assertThat(shadow.at("/largest/0/magnitude").asDouble()).isEqualTo(0.5);
        assertThat(traffic("shadowed").at("/versions/2/calls").asInt()).isZero();
        assertThat(router.get("/elb-healthcheck").json().path("requests").has("shadowed:2"))
                .isFalse();
    }

    @Test
    void aShadowIsSentInferencesTooAndTellsWhichOnesItAnsweredOtherwise() {
        versions("inferred", 2);
        List.of(one, two).forEach(host -> {
            host.infers("inferred1", inferring(0.5));
            host.infers("inferred2", inferring(0.25));
        });
        plan("inferred", """
                {"weights":{"1":100},"shadow":{"version":2,"percent":100}}""");

        Answer answer = router.post("/v2/models/inferred/infer", """
                {"inputs":[]}""", "X-Request-Id", "call-1");
        assertThat(router.post("/v2/models/inferred/infer", """
                {"inputs":[]}""", "X-Request-Id", "no name")
                        .status())
                .isEqualTo(200);

        assertThat(answer.json().path("model_version").asText()).isEqualTo("1");
        await(() -> traffic("inferred").at("/shadowed/compared").asInt() == 2);
        JsonNode largest = traffic("inferred").at("/shadowed/largest");
        assertThat(largest.findValuesAsText("at")).containsOnly("/outputs/0/data/0");
        assertThat(largest.findValuesAsText("magnitude")).containsOnly("0.5");
        assertThat(largest.findValuesAsText("requestId")).containsExactly("call-1");
        assertThat(traffic("inferred").at("/versions/1/calls").asInt()).isEqualTo(2);
        assertThat(traffic("inferred").at("/versions/2/calls").asInt()).isZero();
    }

    /** Says which version it was asked for, as hosts do. */
    private static Script inferring(double score) {
        return call -> call.answer(200, """
                {"model_version":"%s","outputs":[{"name":"score","data":[%s]}]}""".formatted(
                        call.headers().getOrDefault(Hosting.MODEL_HEADER, "?:?").split(":")[1], score));
    }

    @Test
    void callsOfAVersionByItsNumberCountForItButAreNotCopied() {
        versions("numbered", 3);
        plan("numbered", """
                {"weights":{"1":100},"shadow":{"version":3,"percent":100}}""");
        List.of(one, two).forEach(host -> host.infers("numbered2", inferring(1)));

        assertThat(call("numbered:2").body()).isEqualTo("2");
        assertThat(call("numbered:1").body()).isEqualTo("1");
        assertThat(router.post("/v2/models/numbered/versions/2/infer", """
                {"inputs":[]}""").status())
                .isEqualTo(200);
        assertThat(call("numbered").body()).isEqualTo("1");

        JsonNode counted = traffic("numbered").path("versions");
        assertThat(counted.at("/1/calls").asInt()).isEqualTo(2);
        assertThat(counted.at("/2/calls").asInt()).isEqualTo(2);
        await(() -> traffic("numbered").at("/shadowed/compared").asInt() == 1);
        assertThat(one.calls("numbered3") + two.calls("numbered3")).isEqualTo(1);
    }

    @Test
    void aShadowThatFailsHarmsNobody() {
        version("harmless", 1, answers("1"));
        version("harmless", 2, answers(500, "{}"));
        plan("harmless", """
                {"weights":{"1":100},"shadow":{"version":2,"percent":100}}""");

        assertAllAnswered(IntStream.range(0, 10).mapToObj(n -> call("harmless")).toList());

        await(() -> traffic("harmless").at("/shadowed/failed").asInt() == 10);
        assertThat(traffic("harmless").at("/shadowed/compared").asInt()).isZero();
    }
}
