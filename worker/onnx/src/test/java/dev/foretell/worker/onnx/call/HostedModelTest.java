package dev.foretell.worker.onnx.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.wire.Headers;
import dev.foretell.examples.models.ExampleModels;
import dev.foretell.worker.function.Answer;
import dev.foretell.worker.function.Batching.Outcome;
import dev.foretell.worker.function.CallBody;
import dev.foretell.worker.function.binding.FunctionJson;
import dev.foretell.worker.onnx.TinyModels;
import dev.foretell.worker.onnx.model.OnnxModel;
import dev.foretell.worker.onnx.model.Runs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What callers send and are answered. */
class HostedModelTest {
    @TempDir
    Path folder;

    private HostedModel model(byte[] file) {
        return new HostedModel(OnnxModel.load(TinyModels.file(folder, file), Runs.withThreads(1)));
    }

    private static String predict(HostedModel model, String json) throws Exception {
        return FunctionJson.MAPPER.writeValueAsString(
                model.predict(CallBody.ofJson(json.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void noRowsAreNoRowsHoweverTheyAreWritten() throws Exception {
        try (HostedModel rows =
                model(TinyModels.identity(DataType.FLOAT, -1, -1, 4).toByteArray())) {
            assertThat(predict(rows, """
                    {"x":[]}""")).isEqualTo("""
                            {"y":[]}""");
            assertThat(predict(rows, """
                    {"x":[[],[]]}""")).isEqualTo("""
                            {"y":[[],[]]}""");
            assertThat(predict(rows, """
                    {"values":[]}""")).isEqualTo("""
                            {"values":[]}""");
        }
        try (HostedModel names = model(TinyModels.identity(DataType.STRING, -1).toByteArray())) {
            assertThat(predict(names, """
                    {"x":[]}""")).isEqualTo("""
                            {"y":[]}""");
        }
    }

    @Test
    void aClassifierAsScikitLearnExportsIt() throws Exception {
        try (HostedModel iris = model(ExampleModels.iris())) {
            assertThat(predict(iris, """
                    {"X":[[5.1,3.5,1.4,0.2]]}""")).startsWith("""
                            {"output_label":[0],"output_probability":[{"0":0.9""").contains("\"1\":", "\"2\":");
            assertThat(predict(iris, """
                    {"values":[5.1,3.5,1.4,0.2]}""")).isEqualTo("""
                            {"values":[0]}""");
            assertThat(predict(iris, """
                    {"values":[[5.1,3.5,1.4,0.2],[6.7,3.0,5.2,2.3]]}""")).isEqualTo("""
                            {"values":[0,2]}""");
            assertThat(predict(iris, "[[5.1,3.5,1.4,0.2]]")).isEqualTo("""
                    {"values":[0]}""");
        }
    }

    @Test
    void theProtocolsJson() throws Exception {
        String request = """
                {"id":"7","inputs":[{"name":"X","shape":[1,4],"datatype":"FP32","data":[5.1,3.5,1.4,0.2]}]}""";
        try (HostedModel iris = model(ExampleModels.iris())) {
            assertThat(predict(iris, request))
                    .contains("\"id\":\"7\"", "\"name\":\"output_label\"", "\"datatype\":\"INT64\"", "\"data\":[0]")
                    .contains("\"name\":\"output_probability\"", "\"shape\":[1,3]")
                    .doesNotContain("model_name");

            Answer answer = iris.infer(request.getBytes(StandardCharsets.UTF_8), Map.of("x-foretell-model", "iris:2"));

            assertThat(answer.headers()).containsEntry("Content-Type", "application/json");
            assertThat(new String((byte[]) answer.body(), StandardCharsets.UTF_8))
                    .contains("\"model_name\":\"iris\"", "\"model_version\":\"2\"", "\"id\":\"7\"");
        }
    }

    @Test
    void theProtocolsBinaryForm() throws Exception {
        String json = """
                {"inputs":[{"name":"x","shape":[2],"datatype":"INT8","parameters":\
                {"binary_data_size":2}}],"parameters":{"binary_data_output":true}}""";
        byte[] body = (json + "\u0001\u0002").getBytes(StandardCharsets.UTF_8);
        try (HostedModel same = model(TinyModels.identity(DataType.INT8, -1).toByteArray())) {
            Answer answer =
                    same.infer(body, Map.of("inference-header-content-length", Integer.toString(json.length())));

            int length = Integer.parseInt(answer.headers().get(Headers.INFER_JSON_LENGTH));
            assertThat((byte[]) answer.body()).hasSize(length + 2).endsWith(1, 2);
            assertThat(same.infer(new byte[] {5}, Map.of("inference-header-content-length", "0"))
                            .headers())
                    .containsEntry("Content-Type", "application/octet-stream");
        }
    }

    @Test
    void aPicture() throws Exception {
        try (HostedModel digits = model(ExampleModels.digits())) {
            Object answer = digits.predict(
                    CallBody.ofBytes(ExampleModels.picture(3, "png"), Map.of("content-type", "image/png")));

            assertThat(Json.readTree(FunctionJson.MAPPER.writeValueAsBytes(answer))
                            .at("/values/0/3")
                            .asDouble())
                    .isGreaterThan(0.5);
        }
    }

    @Test
    void severalInputsAndOutputs() throws Exception {
        try (HostedModel both = model(TinyModels.sumAndProduct().toByteArray())) {
            assertThat(predict(both, """
                    {"b":[[3,4]],"a":[[1,2]]}""")).isEqualTo("""
                            {"sum":[[4.0,6.0]],"product":[[3.0,8.0]]}""");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                                     | the input 'a' is missing; the model takes a FP32 [-1, 2], b FP32 [-1, 2]
            {"a":[[1,2]]}                                                          | the input 'b' is missing
            {"a":[[1,2]],"c":[[1,2]]}                                              | there is no input 'c'; the model takes a FP32
            {"a":[[1,2]],"b":[1,2]}                                                | tensor 'b': expected 2 dimensions [-1, 2], got 1 [2]
            {"a":[[1,2]],"b":[[1,2,3]]}                                            | tensor 'b': expected the shape [-1, 2], got [1, 3]
            {"a":[[1,2]],"b":[[1],[2,3]]}                                          | tensor 'b'
            {"a":[[1,2]],"b":[[1,"x"]]}                                            | tensor 'b'
            {"a":[[1,2]],"a":[[1,2]]}                                              | the input 'a' is given twice
            {"a":[[1,2],[1,2],[1,2]],"b":[[1,2],[1,2]]}                            | the model cannot take this input
            {"values":[1,2]}                                                       | 'values' is for models of one input
            7                                                                      | expected an object of inputs
            {"a":[[1,2]]} {}                                                       | there is more than the inputs
            {"inputs":[{"name":"a","shape":[1,2],"datatype":"INT64","data":[1,2]}]} | tensor 'a': expected FP32, got INT64
            """)
    void saysWhatIsWrong(String body, String words) {
        try (HostedModel both = model(TinyModels.sumAndProduct().toByteArray())) {
            assertThatThrownBy(() -> predict(both, body))
                    .isInstanceOf(ServingException.class)
                    .hasMessageContaining(words)
                    .matches(e -> ((ServingException) e).kind() == FailureKind.INVALID_INPUT);
        }
    }

    @Test
    void anOutputThatIsNotThereIsAnsweredWithThoseThatAre() {
        String request = """
                {"inputs":[{"name":"X","shape":[1,4],"datatype":"FP32","data":[1,2,3,4]}],\
                "outputs":[{"name":"output_label"},{"name":"label"}]}""";
        try (HostedModel iris = model(ExampleModels.iris())) {
            assertThatThrownBy(() -> iris.infer(request.getBytes(StandardCharsets.UTF_8), Map.of()))
                    .hasMessage("there is no output 'label'; the model has output_label, output_probability");
        }
    }

    @Test
    void noRowsWhereTheRuntimeHasNoAnswer() {
        String request = """
                {"inputs":[{"name":"X","shape":[0,4],"datatype":"FP32","data":[]}]}""";
        try (HostedModel iris = model(ExampleModels.iris())) {
            assertThatThrownBy(() -> iris.infer(request.getBytes(StandardCharsets.UTF_8), Map.of()))
                    .isInstanceOf(ServingException.class)
                    .hasMessage("the model cannot process a batch without rows: 'X' has the shape [0, 4]");
        }
    }

    @Test
    void whatIsNoJsonIsMalformed() {
        try (HostedModel both = model(TinyModels.sumAndProduct().toByteArray())) {
            for (String body : List.of("", "{", """
                    {"a":[[NaN,1]]}""", "[[1,2")) {
                assertThatThrownBy(() -> predict(both, body))
                        .isInstanceOf(ServingException.class)
                        .matches(e -> body.startsWith("[") || ((ServingException) e).kind() == FailureKind.MALFORMED);
            }
        }
    }

    @Test
    void callsAreJoinedAndEachGetsItsOwn() throws Exception {
        try (HostedModel both = model(TinyModels.sumAndProduct().toByteArray())) {
            for (int round = 0; round < 5; round++) {
                assertThat(predictAll(both, """
                        {"a":[[1,2]],"b":[[3,4]]}""", """
                                {"a":[[1,2]]}""", """
                                                {"a":[[1,2],[5,6]],"b":[[1,1],[2,2]]}""", "nonsense", """
                                                {"a":[[0,0]],"b":[[1,2,3]]}"""))
                        .containsExactly("""
                                {"sum":[[4.0,6.0]],"product":[[3.0,8.0]]}""", "INVALID_INPUT", """
                                        {"sum":[[2.0,3.0],[7.0,8.0]],"product":[[1.0,2.0],[10.0,12.0]]}""", "MALFORMED", "INVALID_INPUT");
            }
        }
    }

    @Test
    void mapsAreJoinedToo() throws Exception {
        try (HostedModel iris = model(ExampleModels.iris())) {
            List<String> answers = predictAll(iris, """
                    {"X":[[5.1,3.5,1.4,0.2]]}""", """
                            {"values":[6.7,3.0,5.2,2.3]}""", """
                                    {"X":[[6.7,3.0,5.2,2.3]]}""");

            assertThat(answers.get(0)).isEqualTo(predict(iris, """
                    {"X":[[5.1,3.5,1.4,0.2]]}"""));
            assertThat(answers.get(1)).isEqualTo("""
                    {"values":[2]}""");
            assertThat(answers.get(2)).startsWith("""
                    {"output_label":[2]""");
        }
    }

    @Test
    void rowsThatDependOnOneAnotherAreNotJoined() throws Exception {
        try (HostedModel totals = model(TinyModels.runningTotal().toByteArray())) {
            for (int round = 0; round < 5; round++) {
                assertThat(predictAll(totals, """
                        {"x":[[1],[2]]}""", """
                                {"x":[[10],[20]]}""")).containsExactly("""
                                        {"y":[[1.0],[3.0]]}""", """
                                        {"y":[[10.0],[30.0]]}""");
            }
        }
    }

    @Test
    void aFixedFirstDimensionIsNotJoined() throws Exception {
        try (HostedModel one = model(TinyModels.unary("Neg", 1, 2).toByteArray())) {
            assertThat(predictAll(one, """
                    {"x":[[1,2]]}""", """
                            {"values":[3,4]}""")).containsExactly("""
                                    {"y":[[-1.0,-2.0]]}""", """
                                    {"values":[[-3.0,-4.0]]}""");
        }
    }

    private static List<String> predictAll(HostedModel model, String... bodies) throws Exception {
        List<CallBody> calls = java.util.Arrays.stream(bodies)
                .map(body -> CallBody.ofJson(body.getBytes(StandardCharsets.UTF_8)))
                .toList();
        List<String> answers = new java.util.ArrayList<>();
        for (Outcome outcome : model.predictAll(calls)) {
            answers.add(
                    outcome.failure() instanceof ServingException failure
                            ? failure.kind().name()
                            : FunctionJson.MAPPER.writeValueAsString(outcome.value()));
        }
        return answers;
    }
}
