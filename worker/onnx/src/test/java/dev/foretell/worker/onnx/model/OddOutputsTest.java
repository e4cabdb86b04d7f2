package dev.foretell.worker.onnx.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.InferRequest;
import dev.foretell.commons.tensor.InferResponse;
import dev.foretell.commons.tensor.Tensor;
import dev.foretell.commons.tensor.TensorJson;
import dev.foretell.commons.tensor.TensorSpec;
import dev.foretell.worker.onnx.TinyModels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outputs that are no tensors, as the tensors that the protocol has: metadata and responses agree. */
class OddOutputsTest {
    @TempDir
    Path folder;

    private OnnxModel model(ModelProto model) {
        return OnnxModel.load(TinyModels.file(folder, model.toByteArray()), Runs.withThreads(1));
    }

    private static Tensor floats(String name, long[] shape, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return Tensor.of(name, Datatype.FP32, shape, bytes.flip());
    }

    private static ModelProto zipMap(String... labels) {
        AttributeProto.Builder classes = AttributeProto.newBuilder()
                .setName("classlabels_strings")
                .setType(AttributeProto.AttributeType.STRINGS);
        for (String label : labels) {
            classes.addStrings(ByteString.copyFromUtf8(label));
        }
        TypeProto map = TypeProto.newBuilder()
                .setMapType(TypeProto.Map.newBuilder()
                        .setKeyType(DataType.STRING.getNumber())
                        .setValueType(TypeProto.newBuilder()
                                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT.getNumber()))))
                .build();
        return TinyModels.model(TinyModels.graph()
                        .addInput(TinyModels.value("x", DataType.FLOAT, -1, labels.length))
                        .addOutput(sequence("p", map))
                        .addNode(NodeProto.newBuilder()
                                .setOpType("ZipMap")
                                .setDomain("ai.onnx.ml")
                                .addInput("x")
                                .addOutput("p")
                                .addAttribute(classes)))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain("ai.onnx.ml").setVersion(1))
                .build();
    }

    /** Field 9 of a type, {@code optional_type}. */
    private static ValueInfoProto optional(String name) {
        TypeProto tensor = TinyModels.value("", DataType.FLOAT, 2).getType();
        ByteString of = UnknownFieldSet.newBuilder()
                .addField(
                        1,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(tensor.toByteString())
                                .build())
                .build()
                .toByteString();
        UnknownFieldSet optional = UnknownFieldSet.newBuilder()
                .addField(
                        9,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(of)
                                .build())
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setUnknownFields(optional))
                .build();
    }

    private static ModelProto optionals(String operator, ValueInfoProto input, ValueInfoProto output) {
        ModelProto.Builder model = TinyModels.model(TinyModels.graph()
                .addInput(input)
                .addOutput(output)
                .addNode(TinyModels.node(operator, List.of(input.getName()), List.of(output.getName()))));
        return model.clearOpsetImport()
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(18))
                .build();
    }

    @Test
    void optionalValuesAreRefusedInWords() {
        ValueInfoProto plain = TinyModels.value("x", DataType.FLOAT, 2);

        assertThatThrownBy(() -> model(optionals("OptionalGetElement", optional("maybe"), plain)))
                .hasMessage(
                        "'maybe' is of the kind optional tensor, which ONNX Runtime's Java cannot take: have the model"
                                + " take and give plain tensors");
        assertThatThrownBy(() -> model(optionals("Optional", plain, optional("perhaps"))))
                .hasMessageStartingWith("'perhaps' is of the kind optional tensor");
    }

    private static ValueInfoProto sequence(String name, TypeProto element) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setSequenceType(TypeProto.Sequence.newBuilder().setElemType(element)))
                .build();
    }

    /** {@code a} and {@code b} as a sequence. */
    private static ModelProto pair(long... shape) {
        return TinyModels.model(TinyModels.graph()
                        .addInput(TinyModels.value("a", DataType.FLOAT, shape))
                        .addInput(TinyModels.value("b", DataType.FLOAT, shape))
                        .addOutput(sequence(
                                "s",
                                TinyModels.value("s", DataType.FLOAT, shape).getType()))
                        .addNode(TinyModels.node("SequenceConstruct", List.of("a", "b"), List.of("s"))))
                .build();
    }

    @Test
    void classesKeepTheModelsOrderAndTheirLabels() {
        try (OnnxModel model = model(zipMap("versicolor", "setosa", "virginica"))) {
            List<ModelOutput> outputs = model.run(List.of(floats("x", new long[] {2, 3}, 1, 2, 3, 4, 5, 6)));

            Tensor tensor = outputs.get(0).tensor();
            assertThat(TensorJson.nest(tensor)).isEqualTo(List.of(List.of(1f, 2f, 3f), List.of(4f, 5f, 6f)));
            assertThat(tensor.labels()).containsExactly("versicolor", "setosa", "virginica");
            assertThat(model.outputs()).containsExactly(new TensorSpec("p", Datatype.FP32, List.of(-1L, 3L)));
            assertThat(model.metadata()).containsEntry("labels.p", """
                    ["versicolor","setosa","virginica"]""");
        }
    }

    @Test
    void theLabelsGoWithTheAnswerAndItsClassification() {
        try (OnnxModel model = model(zipMap("b", "a"))) {
            Tensor tensor = model.run(List.of(floats("x", new long[] {1, 2}, 1, 2)))
                    .get(0)
                    .tensor();
            InferResponse answer = new InferResponse("m", "1", null, Map.of(), List.of(tensor));

            assertThat(encoded(answer, "")).contains("""
                    "parameters":{"labels":"[\\"b\\",\\"a\\"]"}""", "[1.0,2.0]");
            assertThat(encoded(answer, """
                    ,"outputs":[{"name":"p","parameters":{"classification":2}}]""")).contains("""
                            ["2.0:1:a","1.0:0:b"]""");
        }
    }

    private static String encoded(InferResponse answer, String outputs) {
        byte[] asked = """
                {"inputs":[]%s}""".formatted(outputs).getBytes(StandardCharsets.UTF_8);
        return new String(answer.encode(InferRequest.read(asked, -1)).bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void labelsThatCannotBeToldApartAreRefusedInWords() {
        try (OnnxModel model = model(zipMap("\ud83d\ude00", "\ud83d\ude01"))) {
            assertThatThrownBy(() -> model.run(List.of(floats("x", new long[] {1, 2}, 1, 2))))
                    .hasMessageContaining("the class labels of the output 'p'")
                    .hasMessageContaining("zipmap=False");
        }
    }

    @Test
    void aSequenceOfTensorsIsATensorOfADimensionMore() {
        try (OnnxModel model = model(pair(-1, 2))) {
            ModelOutput pair = model.run(
                            List.of(floats("a", new long[] {1, 2}, 1, 2), floats("b", new long[] {1, 2}, 3, 4)))
                    .get(0);

            assertThat(model.outputs()).containsExactly(new TensorSpec("s", Datatype.FP32, List.of(-1L, -1L, 2L)));
            assertThat(pair.tensor().shape()).containsExactly(2, 1, 2);
            assertThat(TensorJson.nest(pair.tensor()))
                    .isEqualTo(List.of(List.of(List.of(1f, 2f)), List.of(List.of(3f, 4f))));
        }
    }

    @Test
    void aSequenceOfDifferentShapesHasNoFormInTheProtocol() {
        try (OnnxModel model = model(pair(-1, 2))) {
            ModelOutput pair = model.run(
                            List.of(floats("a", new long[] {1, 2}, 1, 2), floats("b", new long[] {2, 2}, 3, 4, 5, 6)))
                    .get(0);

            assertThatThrownBy(pair::tensor).hasMessageContaining("different shapes");
        }
    }

    @Test
    void aTypeThatTheRuntimesJavaDoesNotKnowIsNamed() {
        ModelProto eight = TinyModels.identity(DataType.FLOAT8E4M3FN, -1).toBuilder()
                .setOpsetImport(0, OperatorSetIdProto.newBuilder().setVersion(19))
                .setIrVersion(9)
                .build();

        assertThatThrownBy(() -> model(eight))
                .hasMessageContaining("'x' is of the type FLOAT8E4M3FN")
                .hasMessageContaining("cast it in the model");
    }
}
