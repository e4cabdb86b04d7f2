package dev.foretell.worker.onnx.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.Tensor;
import dev.foretell.worker.onnx.LoopModels;
import dev.foretell.worker.onnx.TinyModels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tensors of all types, into a model and out of it. */
class OnnxModelTest {
    @TempDir
    Path folder;

    private OnnxModel identity(DataType type, long... shape) {
        return OnnxModel.load(
                TinyModels.file(folder, TinyModels.identity(type, shape).toByteArray()), Runs.withThreads(1));
    }

    @ParameterizedTest
    @CsvSource({
        "BOOL,BOOL",
        "UINT8,UINT8",
        "UINT16,UINT16",
        "UINT32,UINT32",
        "UINT64,UINT64",
        "INT8,INT8",
        "INT16,INT16",
        "INT32,INT32",
        "INT64,INT64",
        "FLOAT16,FP16",
        "FLOAT,FP32",
        "DOUBLE,FP64",
        "BFLOAT16,BF16"
    })
    void takesAndGives(DataType type, Datatype datatype) {
        byte[] bytes = new byte[6 * datatype.width()];
        new Random(1).nextBytes(bytes);
        for (int i = 0; datatype == Datatype.BOOL && i < bytes.length; i++) {
            bytes[i] &= 1;
        }
        Tensor given = Tensor.of("x", datatype, new long[] {2, 3}, ByteBuffer.wrap(bytes));
        try (OnnxModel model = identity(type, -1, 3)) {
            Tensor got = model.run(List.of(given)).get(0).tensor();

            assertThat(got.name()).isEqualTo("y");
            assertThat(got.datatype()).isEqualTo(datatype);
            assertThat(got.shape()).containsExactly(2, 3);
            assertThat(got.numbers()).isEqualTo(given.numbers());
            assertThat(model.inputs().get(0).datatype()).isEqualTo(datatype);
            assertThat(model.inputs().get(0).shape()).containsExactly(-1L, 3L);
        }
    }

    @Test
    void strings() {
        List<byte[]> texts = List.of(bytes("a"), bytes(""), bytes("Grüße"), bytes("日本"), bytes("🙂"), bytes("z"));
        try (OnnxModel model = identity(DataType.STRING, -1, 2)) {
            Tensor got = model.run(List.of(Tensor.of("x", new long[] {3, 2}, texts)))
                    .get(0)
                    .tensor();

            assertThat(got.strings()).containsExactlyElementsOf(texts);
            assertThat(got.shape()).containsExactly(3, 2);
            assertThatThrownBy(() -> model.run(List.of(
                            Tensor.of("x", new long[] {1, 2}, List.of(bytes("a"), new byte[] {(byte) 0xff})))))
                    .isInstanceOf(ServingException.class)
                    .hasMessage(
                            "tensor 'x': expected text in UTF-8, got other bytes, which ONNX Runtime's Java has no way for:"
                                    + " send them as UINT8, or in base64");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void onlyTheOutputsThatAreWanted() {
        List<Tensor> given = Stream.of("a", "b")
                .map(name -> Tensor.of(name, Datatype.FP32, new long[] {1, 2}, ByteBuffer.allocate(8)))
                .toList();
        try (OnnxModel model = OnnxModel.load(
                TinyModels.file(folder, TinyModels.sumAndProduct().toByteArray()), Runs.withThreads(1))) {
            assertThat(names(model.run(given, Set.of()))).containsExactly("sum", "product");
            assertThat(names(model.run(given, Set.of("product")))).containsExactly("product");
            assertThat(names(model.run(given, Set.of("product", "none")))).containsExactly("sum", "product");
        }
    }

    private static List<String> names(List<ModelOutput> outputs) {
        return outputs.stream().map(ModelOutput::name).toList();
    }

    @Test
    void scalarsAndNothingAtAll() {
        try (OnnxModel scalar = identity(DataType.FLOAT);
                OnnxModel rows = identity(DataType.FLOAT, -1, 4)) {
            Tensor one = Tensor.of("x", Datatype.FP32, new long[0], ByteBuffer.allocate(4));
            Tensor none = Tensor.of("x", Datatype.FP32, new long[] {0, 4}, ByteBuffer.allocate(0));

            assertThat(scalar.run(List.of(one)).get(0).tensor().shape()).isEmpty();
            assertThat(rows.run(List.of(none)).get(0).tensor().shape()).containsExactly(0, 4);
        }
    }

    @Test
    void whatTheFileDoesNotSayOfAShape() {
        var told = TinyModels.identity(DataType.FLOAT, -1).toBuilder();
        told.getGraphBuilder()
                .getInputBuilder(0)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .clearShape();
        told.getGraphBuilder()
                .getOutputBuilder(0)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .clearShape();
        Tensor given = Tensor.of("x", Datatype.FP32, new long[] {1, 2}, ByteBuffer.allocate(8));
        try (OnnxModel model =
                OnnxModel.load(TinyModels.file(folder, told.build().toByteArray()), Runs.withThreads(1))) {
            assertThat(model.run(List.of(given)).get(0).tensor().shape()).containsExactly(1, 2);
        }
    }

    @Test
    void moreThanAThreadKeeps() {
        try (OnnxModel model = identity(DataType.INT8, -1)) {
            byte[] bytes = new byte[300_000];
            new Random(2).nextBytes(bytes);

            Tensor got = model.run(
                            List.of(Tensor.of("x", Datatype.INT8, new long[] {bytes.length}, ByteBuffer.wrap(bytes))))
                    .get(0)
                    .tensor();

            assertThat(got.numbers()).isEqualTo(ByteBuffer.wrap(bytes));
        }
    }

    @Test
    void answersNoMoreThanItMay() {
        Path file = TinyModels.file(folder, LoopModels.zeros().toByteArray());
        try (OnnxModel model = OnnxModel.load(file, new Runs(1, 4_000))) {
            assertThat(model.run(List.of(number(1_000))).get(0).tensor().count())
                    .isEqualTo(1_000);
            assertThatThrownBy(() -> model.run(List.of(number(1_001))))
                    .hasMessageContaining("larger than 4000 bytes for this input: 'Y' has 1001 elements");
        }
    }

    @Test
    void saysWhoseFaultItIsThatThereIsNoMemoryForARun() {
        Path file = TinyModels.file(folder, LoopModels.zeros().toByteArray());
        Runs runs = Runs.withThreads(1);
        try (OnnxModel model = OnnxModel.load(file, runs)) {
            assertThatThrownBy(() -> model.run(List.of(number(1L << 55))))
                    .isInstanceOfSatisfying(
                            ServingException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.INVALID_INPUT))
                    .hasMessageStartingWith("for this input the model takes more memory than there is");

            runs.begin();
            assertThatThrownBy(() -> model.run(List.of(number(1L << 55))))
                    .isInstanceOfSatisfying(
                            ServingException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.WORKERS_BUSY))
                    .hasMessage("other runs have taken the memory for this one");
        }
    }

    private static Tensor number(long value) {
        ByteBuffer bytes = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .flip();
        return Tensor.of("N", Datatype.INT64, new long[] {1}, bytes);
    }
}
