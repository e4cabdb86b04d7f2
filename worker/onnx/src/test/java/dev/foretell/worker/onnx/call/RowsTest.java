package dev.foretell.worker.onnx.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.examples.models.ExampleModels;
import dev.foretell.worker.function.Batching.Outcome;
import dev.foretell.worker.function.CallBody;
import dev.foretell.worker.function.binding.FunctionJson;
import dev.foretell.worker.onnx.TinyModels;
import dev.foretell.worker.onnx.model.OnnxModel;
import dev.foretell.worker.onnx.model.Runs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows whose values have names. */
class RowsTest {
    @TempDir
    Path folder;

    private HostedModel model(ModelProto model) {
        return new HostedModel(OnnxModel.load(TinyModels.file(folder, model.toByteArray()), Runs.withThreads(1)));
    }

    /** An input for each column: a number, a whole number and a text. */
    private HostedModel people() {
        return model(TinyModels.model(TinyModels.graph()
                        .addInput(TinyModels.value("age", DataType.FLOAT, -1, 1))
                        .addInput(TinyModels.value("visits", DataType.INT64, -1))
                        .addInput(TinyModels.value("city", DataType.STRING, -1, 1))
                        .addNode(TinyModels.node("Identity", List.of("age"), List.of("a")))
                        .addNode(TinyModels.node("Identity", List.of("visits"), List.of("v")))
                        .addNode(TinyModels.node("Identity", List.of("city"), List.of("c")))
                        .addOutput(TinyModels.value("a", DataType.FLOAT, -1, 1))
                        .addOutput(TinyModels.value("v", DataType.INT64, -1))
                        .addOutput(TinyModels.value("c", DataType.STRING, -1, 1)))
                .build());
    }

    private HostedModel pairs(String columns) {
        return model(TinyModels.with(TinyModels.identity(DataType.FLOAT, -1, 2), "foretell.columns", columns));
    }

    private static CallBody body(String json) {
        return CallBody.ofJson(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String predict(HostedModel model, String json) throws Exception {
        return FunctionJson.MAPPER.writeValueAsString(model.predict(body(json)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{"age":3,"visits":9007199254740993,"city":"Rome"},{"city":"Köln 😀","age":"NaN","visits":0}] | {"a":[[3.0],["NaN"]],"v":[9007199254740993,0],"c":[["Rome"],["Köln 😀"]]}
            [ {"age":3.5,"visits":1,"city":""} ]                                   | {"a":[[3.5]],"v":[1],"c":[[""]]}
            {"city":"x","visits":1,"age":3}                                        | {"a":[[3.0]],"v":[1],"c":[["x"]]}
            {"city":[["x"]],"visits":[1],"age":[[3]]}                              | {"a":[[3.0]],"v":[1],"c":[["x"]]}
            []                                                                     | {"a":[],"v":[],"c":[]}
            """)
    void haveOneInputPerColumn(String rows, String answer) throws Exception {
        try (HostedModel people = people()) {
            assertThat(predict(people, rows)).isEqualTo(answer);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{"age":3,"visits":1,"city":"x"},{"age":3,"city":"x"}] | row 2 has no 'visits'; the model's columns are age, visits, city
            {"agee":3,"visits":1,"city":"x"}                       | row 1 has 'agee', which is not a column; did you mean age
            [{"age":3,"visits":1,"city":"x","more":1}]             | row 1 has 'more', which is not a column
            [{}]                                                   | row 1 has no 'age'
            [{"age":3,"visits":1.5,"city":"x"}]                    | tensor 'visits': expected INT64 at element 0, got 1.5
            [{"age":"3","visits":1,"city":"x"}]                    | tensor 'age': expected FP32 at element 0, got "3"
            [{"age":3,"visits":1,"city":7}]                        | tensor 'city': expected text at element 0, got 7
            [{"age":null,"visits":1,"city":"x"}]                   | tensor 'age': expected FP32 (a missing value is "NaN") at element 0, got null
            [{"age":[3],"visits":1,"city":"x"}]                    | row 1: 'age' must be one value
            [{"age":3,"visits":{},"city":"x"}]                     | row 1: 'visits' must be one value
            [{"age":3,"age":4,"visits":1,"city":"x"}]              | row 1: 'age' is given twice
            [{"age":3,"visits":1,"city":"x"},5]                    | row 2 is not an object of columns
            [{"age":3,"visits":1,"city":"x"},[1]]                  | row 2 is not an object of columns
            """)
    void sayWhichRowDoesNotFit(String rows, String why) {
        try (HostedModel people = people()) {
            assertThatThrownBy(() -> predict(people, rows))
                    .isInstanceOfSatisfying(
                            ServingException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.INVALID_INPUT))
                    .hasMessageContaining(why);
        }
    }

    @Test
    void thatBreakOffAreNoJson() {
        try (HostedModel people = people()) {
            for (String text : List.of("[{", "[{\"age\"", "[{\"age\":3,", "{\"age\":", "{\"age\"", "{")) {
                assertThatThrownBy(() -> predict(people, text))
                        .isInstanceOfSatisfying(
                                ServingException.class,
                                e -> assertThat(e.kind()).isEqualTo(FailureKind.MALFORMED));
            }
        }
    }

    @Test
    void haveOneInputWhoseColumnsAreNamed() throws Exception {
        try (HostedModel pairs = pairs("age, income")) {
            assertThat(predict(pairs, """
                    [{"income":2,"age":1},{"age":3,"income":4}]""")).isEqualTo("""
                            {"y":[[1.0,2.0],[3.0,4.0]]}""");
            assertThat(predict(pairs, """
                    {"income":2,"age":1}""")).isEqualTo("""
                            {"y":[[1.0,2.0]]}""");
            assertThat(predict(pairs, "[[1,2]]")).isEqualTo("""
                    {"values":[[1.0,2.0]]}""");
            assertThat(predict(pairs, """
                    {"x":[[1,2]]}""")).isEqualTo("""
                            {"y":[[1.0,2.0]]}""");
            assertThat(predict(pairs, "[]")).isEqualTo("""
                    {"values":[]}""");
            assertThatThrownBy(() -> predict(pairs, """
                    [{"incom":2,"age":1}]"""))
                    .hasMessageContaining("row 1 has 'incom', which is not a column; did you mean income");
        }
    }

    @Test
    void areRefusedWhereNamesAreNotThoseOfTheColumns() {
        try (HostedModel three = pairs("a,b,c")) {
            assertThatThrownBy(() -> predict(three, """
                    [{"a":1,"b":2,"c":3}]"""))
                    .hasMessageContaining("names 3 columns (foretell.columns), and its input has the shape [-1, 2]");
        }
        try (HostedModel twice = pairs("a,a")) {
            assertThatThrownBy(() -> predict(twice, """
                    {"a":1}"""))
                    .hasMessageContaining("names a column twice (foretell.columns): 'a': send arrays");
        }
    }

    @Test
    void areRefusedWhereColumnsHaveNoNames() throws Exception {
        try (HostedModel iris =
                new HostedModel(OnnxModel.load(TinyModels.file(folder, ExampleModels.iris()), Runs.withThreads(1)))) {
            assertThatThrownBy(() -> predict(iris, """
                    [{"length":5.1}]"""))
                    .isInstanceOf(ServingException.class)
                    .hasMessageContaining("rows with names are for models with one input per column")
                    .hasMessageContaining("foretell.columns");
        }
    }

    @Test
    void areJoinedWithOthers() throws Exception {
        try (HostedModel pairs = pairs("age,income")) {
            List<Outcome> outcomes = pairs.predictAll(List.of(body("""
                    {"age":1,"income":2}"""), body("""
                            {"age":1}"""), body("""
                                            [{"income":4,"age":3}]""")));

            assertThat(FunctionJson.MAPPER.writeValueAsString(outcomes.get(0).value()))
                    .isEqualTo("""
                            {"y":[[1.0,2.0]]}""");
            assertThat(outcomes.get(1).failure()).hasMessageContaining("row 1 has no 'income'");
            assertThat(FunctionJson.MAPPER.writeValueAsString(outcomes.get(2).value()))
                    .isEqualTo("""
                            {"y":[[3.0,4.0]]}""");
        }
    }
}
