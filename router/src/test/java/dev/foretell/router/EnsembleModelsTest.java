package dev.foretell.router;

import static dev.foretell.router.EnsembleStage.predict;
import static dev.foretell.router.EnsembleStage.put;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.LiveRouter.Answer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ensembles of model files: which output is merged, in which order of the classes, and what keeps a member from being removed. */
class EnsembleModelsTest {
    @RegisterExtension
    static final LiveRouter router = LiveRouter.with("deadline.by-default", "60s");

    private static final String TREE = """
            ONNX tree
            ["setosa","versicolor"]
            {"label":["setosa"],"probabilities":[[0.75,0.25]]}""";
    /** The same classes in another order. */
    private static final String FOREST = """
            ONNX forest
            ["versicolor","setosa"]
            {"label":["versicolor"],"probabilities":[[0.5,0.5]]}""";

    private static final String RETRAINED = """
            ONNX retrained
            ["versicolor","setosa"]
            {"label":["setosa"],"probabilities":[[0.125,0.875]]}""";
    private static final String OTHERS = """
            ONNX others
            ["versicolor","zsetosa"]
            {"label":["versicolor"],"probabilities":[[0.5,0.5]]}""";
    private static final String LINEAR = """
            ONNX linear

            {"prediction":[[0.5]]}""";

    @BeforeEach
    void serve() {
        router.get("/v1/ensembles")
                .json()
                .path("ensembles")
                .forEach(
                        one -> router.delete("/v1/ensembles/" + one.path("name").asText()));
        router.get("/v1/models")
                .json()
                .path("models")
                .forEach(one -> router.delete("/v1/models/" + one.path("name").asText() + "?force=true"));
        FakeHost host = FakeHost.at(router).inspects(call -> call.answer(200, found(FakeHost.file(router, call))));
        for (String file : new String[] {TREE, FOREST, RETRAINED, OTHERS, LINEAR}) {
            host.predicts(file, call -> call.answer(200, file.lines().toList().get(2)));
        }
        host.servesAlone(router);
        upload("tree", TREE);
        upload("forest", FOREST);
        upload("others", OTHERS);
        upload("linear", LINEAR);
    }

    private static String found(String file) {
        String labels = file.lines().toList().get(1);
        return labels.isEmpty() ? """
                {"runtime":"onnx","inputs":[{"name":"X","datatype":"FP32","shape":[-1,4]}],\
                "outputs":[{"name":"prediction","datatype":"FP32","shape":[-1,1]}],"metadata":{}}""" : """
                {"runtime":"onnx","inputs":[{"name":"X","datatype":"FP32","shape":[-1,4]}],\
                "outputs":[{"name":"label","datatype":"BYTES","shape":[-1]},\
                {"name":"probabilities","datatype":"FP32","shape":[-1,2]}],\
                "metadata":{"labels.probabilities":"%s"}}""".formatted(labels.replace("\"", "\\\""));
    }

    private static void upload(String name, String file) {
        Answer uploaded = router.post("/v1/models/" + name + "/versions", file);
        assertThat(uploaded.status()).as(uploaded.body()).isIn(200, 201);
        Awaitility.await()
                .until(() -> router.get("/v2/models/" + name + "/ready").status() == 200);
    }

    @Test
    void probabilitiesAreMergedByTheNamesOfTheClasses() {
        JsonNode created = put(router, "kind", """
                {"merge":"softVote","members":["tree","forest"]}""").json();

        Answer answer = predict(router, "kind");

        assertThat(created.path("labels").toString()).isEqualTo("[\"setosa\",\"versicolor\"]");
        assertThat(created.path("members").findValuesAsText("output")).containsOnly("probabilities");
        assertThat(answer.body()).isEqualTo("""
                {"label":["setosa"],"probabilities":[[0.625,0.375]]}""");
    }

    @Test
    void aNewVersionWithItsClassesInAnotherOrderIsMergedByTheirNames() {
        put(router, "kind", "{\"merge\":\"softVote\",\"members\":[\"tree\"]}");
        router.post("/v1/models/tree/versions", RETRAINED);

        Answer promoted = router.post("/v1/models/tree/promote", "{\"version\":2}");

        assertThat(promoted.status()).as(promoted.body()).isEqualTo(200);
        Awaitility.await()
                .untilAsserted(() -> assertThat(predict(router, "kind").body()).isEqualTo("""
                {"label":["setosa"],"probabilities":[[0.875,0.125]]}"""));
    }

    @Test
    void aVoteCountsTheLabelsOnly() {
        put(router, "kind", "{\"merge\":\"vote\",\"members\":[\"forest\",\"tree\",\"others\"]}");

        assertThat(predict(router, "kind").body()).isEqualTo("[\"versicolor\"]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"merge":"softVote","members":["tree","others"]}  | member 'others' gives probabilities of [versicolor, zsetosa], and the classes of the ensemble are [setosa, versicolor]
                    {"merge":"softVote","members":["tree"],"labels":["setosa"]}     | and the classes of the ensemble are [setosa]
                    {"merge":"softVote","members":["tree"],"labels":["a","b"]}      | and the classes of the ensemble are [a, b]
                    {"merge":"softVote","members":["linear"]}                       | gives prediction FP32[-1, 1], and softVote merges probabilities of several classes
                    {"merge":"softVote","members":["tree"],"output":"label"}        | output label is BYTES, and softVote merges numbers; choose one of [probabilities]
                    """)
    void whatCannotBeMergedIsRefused(String recipe, String detail) {
        Answer answer = router.put("/v1/ensembles/kind", recipe);

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.detail()).contains(detail);
    }

    @Test
    void whatAnEnsembleNamesIsNotRemovedWithoutAWord() {
        router.post("/v1/models/tree/versions", FOREST);
        router.put("/v1/models/tree/aliases/prod", "{\"target\":2}");
        put(router, "kind", """
                {"merge":"vote","members":["tree:prod","tree:2","forest"]}""");

        Answer alias = router.delete("/v1/models/tree/aliases/prod");
        Answer model = router.delete("/v1/models/forest");
        put(router, "kind", "{\"merge\":\"vote\",\"members\":[\"tree:2\",\"forest\"]}");
        Answer freed = router.delete("/v1/models/tree/aliases/prod");
        Answer version = router.delete("/v1/models/tree/versions/2");

        assertThat(alias.status()).as(alias.body()).isEqualTo(409);
        assertThat(alias.detail()).contains("AI/tree:prod is a member of ensemble 'kind'");
        assertThat(model.status()).isEqualTo(409);
        assertThat(model.detail()).contains("gets calls and is a member of ensemble 'kind'");
        assertThat(freed.status()).as(freed.body()).isEqualTo(200);
        assertThat(version.status()).isEqualTo(409);
        assertThat(version.detail()).contains("AI/tree:2 is a member of ensemble 'kind'");
    }

    @Test
    void aMemberThatWasRemovedByForceIsShownAsMissingAndCallsAreNotWorthARetry() {
        put(router, "kind", "{\"merge\":\"vote\",\"members\":[\"tree\",\"forest\"]}");
        router.delete("/v1/models/forest?force=true");

        Answer shown = router.get("/v1/ensembles/kind");
        Answer answer = predict(router, "kind");

        assertThat(shown.json().path("missing").toString()).isEqualTo("[\"forest\"]");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("QUORUM_MISSED");
        assertThat(answer.json().path("retryable").booleanValue()).isFalse();
        assertThat(answer.header("Retry-After")).isEmpty();
    }
}
