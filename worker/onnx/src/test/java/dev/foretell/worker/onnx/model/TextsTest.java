package dev.foretell.worker.onnx.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.Tensor;
import dev.foretell.commons.tensor.TensorJson;
import dev.foretell.worker.onnx.TinyModels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts go into models and come out of them as they are. */
class TextsTest {
    /** One, two, three and four bytes of UTF-8; NUL; what is read like the beginning of four. */
    private static final List<String> TEXTS = List.of(
            "a",
            "",
            "\u00fc",
            "\u65e5\u672c",
            "\ud83d\ude00",
            "x\ud83d\ude00y\ud83d\ude01",
            "\u00f0\u00f1\u00f4",
            "\u00f0\ud83d\ude00",
            "nul\0 and more",
            "\0",
            "\udbff\udfff\ud800\udc00",
            "\uffff");

    @TempDir
    Path folder;

    private OnnxModel model(ModelProto model) {
        return OnnxModel.load(TinyModels.file(folder, model.toByteArray()), Runs.withThreads(1));
    }

    private static Tensor texts(List<String> texts) {
        return Tensor.of(
                "x",
                new long[] {texts.size()},
                texts.stream()
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .toList());
    }

    private static Object only(List<ModelOutput> outputs) {
        return TensorJson.nest(outputs.get(0).tensor());
    }

    private static ModelProto encoder(DataType from, DataType to, String keys, String values) {
        NodeProto.Builder node = NodeProto.newBuilder()
                .setOpType("LabelEncoder")
                .setDomain("ai.onnx.ml")
                .addInput("x")
                .addOutput("y")
                .addAttribute(texts(from == DataType.STRING ? keys : values))
                .addAttribute(numbers(from == DataType.STRING ? values : keys));
        return TinyModels.model(TinyModels.graph()
                        .addInput(TinyModels.value("x", from, -1))
                        .addOutput(TinyModels.value("y", to, -1))
                        .addNode(node))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain("ai.onnx.ml").setVersion(2))
                .build();
    }

    private static AttributeProto.Builder texts(String name) {
        AttributeProto.Builder texts =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.STRINGS);
        TEXTS.forEach(text -> texts.addStrings(ByteString.copyFromUtf8(text)));
        return texts;
    }

    private static AttributeProto.Builder numbers(String name) {
        AttributeProto.Builder numbers =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (int i = 0; i < TEXTS.size(); i++) {
            numbers.addInts(i);
        }
        return numbers;
    }

    @Test
    void aModelKnowsEachTextThatIsInIt() {
        try (OnnxModel model = model(encoder(DataType.STRING, DataType.INT64, "keys_strings", "values_int64s"))) {
            for (int i = 0; i < TEXTS.size(); i++) {
                assertThat(only(model.run(List.of(texts(List.of(TEXTS.get(i)))))))
                        .as(TEXTS.get(i))
                        .isEqualTo(List.of((long) i));
            }
        }
    }

    @Test
    void aModelAnswersEachTextThatIsInIt() {
        ByteBuffer numbers = ByteBuffer.allocate(TEXTS.size() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < TEXTS.size(); i++) {
            numbers.putLong(i);
        }
        Tensor all = Tensor.of("x", Datatype.INT64, new long[] {TEXTS.size()}, numbers.flip());

        try (OnnxModel model = model(encoder(DataType.INT64, DataType.STRING, "keys_int64s", "values_strings"))) {
            assertThat(only(model.run(List.of(all)))).isEqualTo(TEXTS);
        }
    }

    @Test
    void whatGoesInComesOut() {
        try (OnnxModel model = model(TinyModels.identity(DataType.STRING, -1))) {
            assertThat(only(model.run(List.of(texts(TEXTS))))).isEqualTo(TEXTS);
            for (String text : TEXTS) {
                assertThat(only(model.run(List.of(texts(List.of(text))))))
                        .as(text)
                        .isEqualTo(List.of(text));
            }
        }
    }

    @Test
    void whatIsNoTextIsRefusedInWords() {
        Tensor picture = Tensor.of("x", new long[] {1}, List.of(new byte[] {(byte) 0xff, (byte) 0xd8}));

        try (OnnxModel model = model(TinyModels.identity(DataType.STRING, -1))) {
            assertThatThrownBy(() -> model.run(List.of(picture)))
                    .hasMessageContaining("expected text in UTF-8")
                    .hasMessageContaining("send them as UINT8, or in base64");
        }
    }
}
