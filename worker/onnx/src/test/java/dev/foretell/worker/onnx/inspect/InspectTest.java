package dev.foretell.worker.onnx.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.examples.models.ExampleModels;
import dev.foretell.worker.onnx.LoopModels;
import dev.foretell.worker.onnx.TinyModels;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Looking at model files, good and bad. */
class InspectTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private JsonNode look(byte[] file) {
        return look(file, LargeNumbers.defaults());
    }

    private JsonNode look(byte[] file, LargeNumbers numbers) {
        return Json.readTree(Json.write(Scratch.look(TinyModels.file(folder, file), null, numbers, stage -> {})));
    }

    private String error(byte[] file) {
        return look(file).path("error").asText();
    }

    @Test
    void refusesAFileThatNamesAColumnTwice() {
        byte[] twice = TinyModels.with(TinyModels.identity(DataType.FLOAT, -1, 5), "foretell.columns", "a,b,a, b,c")
                .toByteArray();

        assertThat(error(twice))
                .isEqualTo("the model's metadata names a column twice (foretell.columns): 'a', 'b';"
                        + " give each column a name of its own");
    }

    @Test
    void leavesNothing() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));

        ScratchProcess.look(TinyModels.file(folder, ExampleModels.iris()), null, LONG, 0, temporary);

        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void saysWhatAModelIs() throws Exception {
        JsonNode iris = ScratchProcess.look(TinyModels.file(folder, ExampleModels.iris()), null, LONG, 0);

        assertThat(iris.path("runtime").asText()).isEqualTo("onnx");
        assertThat(iris.path("inputs").toString()).isEqualTo("""
                [{"name":"X","datatype":"FP32","shape":[-1,4]}]""");
        assertThat(iris.path("outputs").toString()).isEqualTo("""
                [{"name":"output_label","datatype":"INT64","shape":[-1]},\
                {"name":"output_probability","datatype":"FP32","shape":[-1,3]}]""");
        assertThat(iris.at("/metadata/author").asText()).isEqualTo("foretell examples");
        assertThat(iris.path("sample").toString()).isEqualTo("""
                {"X":[[0,0,0,0]]}""");
    }

    @Test
    void takesTheModelsOwnSample() {
        ModelProto model = TinyModels.identity(DataType.FLOAT, -1, 2);

        assertThat(look(TinyModels.with(model, "foretell.sample", """
                {"x": [[1,2]]}""").toByteArray())
                        .path("sample")
                        .toString())
                .isEqualTo("""
                        {"x":[[1,2]]}""");
        assertThat(error(TinyModels.with(model, "foretell.sample", """
                {"x": [[1]]}""").toByteArray()))
                .contains("does not take the sample", "expected the shape [-1, 2], got [1, 1]");
    }

    @Test
    void takesTheSampleThatIsGivenIfTheModelDoes() throws Exception {
        Path iris = TinyModels.file(folder, ExampleModels.iris());

        assertThat(ScratchProcess.look(iris, Json.readTree("""
                {"X": [[1,2,3,4]]}""".getBytes(UTF_8)), LONG, 0)
                        .path("sample")
                        .toString())
                .isEqualTo("""
                        {"X":[[1,2,3,4]]}""");
        assertThatThrownBy(() -> ScratchProcess.look(iris, Json.readTree("""
                {"x": [1]}""".getBytes(UTF_8)), LONG, 0))
                .hasMessageContaining("the model does not take the sample that was given with it: ");
        assertThatThrownBy(() -> ScratchProcess.look(iris, Json.readTree("null".getBytes(UTF_8)), LONG, 0))
                .hasMessageContaining("the model does not take the sample that was given with it: ");
    }

    @Test
    void refusesWhatIsNoModel() {
        assertThat(error("hello world, this is no model at all".getBytes(UTF_8)))
                .contains("not an ONNX model");
        assertThat(error(new byte[0])).contains("not an ONNX model");
        assertThat(error(new byte[1000])).contains("not an ONNX model");
    }

    @Test
    void refusesWhatIsCutShort() {
        byte[] iris = ExampleModels.iris();

        for (int length : new int[] {iris.length - 1, iris.length / 2, 100}) {
            assertThat(error(Arrays.copyOf(iris, length))).contains("truncated");
        }
    }

    @Test
    void refusesOperatorsItDoesNotHave() {
        ModelProto.Builder future = TinyModels.identity(DataType.FLOAT, 1).toBuilder()
                .clearOpsetImport()
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(999));
        ModelProto.Builder format =
                TinyModels.identity(DataType.FLOAT, 1).toBuilder().setIrVersion(99);
        ModelProto unknown = TinyModels.unary("Frobnicate", 1);

        assertThat(error(future.build().toByteArray()))
                .startsWith("the model cannot be loaded: ONNX Runtime only")
                .contains("Opset 999")
                .doesNotContain("onnxruntime_src", folder.toString());
        assertThat(error(format.build().toByteArray()))
                .isEqualTo(
                        "the model cannot be loaded: Unsupported model IR version: 99, max supported IR version: 13");
        assertThat(error(unknown.toByteArray())).contains("Frobnicate").doesNotContain(folder.toString());
    }

    static Stream<ModelProto> external() {
        TensorProto secret = TensorProto.newBuilder()
                .setName("w")
                .setDataType(1)
                .addDims(1)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue("../../etc/passwd"))
                .build();
        TensorProto sly = secret.toBuilder()
                .setDataLocation(TensorProto.DataLocation.DEFAULT)
                .build();
        GraphProto.Builder within = TinyModels.graph().addInitializer(secret);
        ModelProto plain = TinyModels.identity(DataType.FLOAT, 1);
        return Stream.of(
                with(plain, plain.getGraph().toBuilder().addInitializer(secret)),
                with(plain, plain.getGraph().toBuilder().addInitializer(sly)),
                with(
                        plain,
                        plain.getGraph().toBuilder()
                                .addSparseInitializer(
                                        SparseTensorProto.newBuilder().setValues(secret))),
                with(plain, attribute(AttributeProto.newBuilder().setT(secret))),
                with(plain, attribute(AttributeProto.newBuilder().addTensors(secret))),
                with(plain, attribute(AttributeProto.newBuilder().setG(within))),
                with(plain, attribute(AttributeProto.newBuilder().addGraphs(within))),
                plain.toBuilder()
                        .addFunctions(FunctionProto.newBuilder()
                                .addNode(TinyModels.node("Constant", List.of(), List.of("c"))
                                        .addAttribute(
                                                AttributeProto.newBuilder().setT(secret))))
                        .build());
    }

    private static GraphProto.Builder attribute(AttributeProto.Builder attribute) {
        return TinyModels.graph()
                .addNode(TinyModels.node("If", List.of(), List.of("c")).addAttribute(attribute.setName("a")));
    }

    private static ModelProto with(ModelProto model, GraphProto.Builder graph) {
        return model.toBuilder().setGraph(graph).build();
    }

    @ParameterizedTest
    @MethodSource("external")
    void refusesWeightsInOtherFiles(ModelProto model) {
        assertThat(error(model.toByteArray())).contains("external data");
    }

    @Test
    void walksAnythingToAnEnd() {
        java.util.Random random = new java.util.Random(1);
        byte[] iris = ExampleModels.iris();
        for (int round = 0; round < 2_000; round++) {
            byte[] broken = iris.clone();
            for (int i = 0; i < 1 + round % 8; i++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            try {
                ModelFile.require(ByteBuffer.wrap(broken));
            } catch (ServingException e) {
                assertThat(e.detail()).isNotEmpty();
            }
        }
    }

    @Test
    void aCrashIsTheProcesssOwn() {
        assertThatThrownBy(() -> ScratchProcess.look(ScratchProcess.command(folder, Crash.class.getName(), "x"), LONG))
                .isInstanceOf(ServingException.class)
                .hasMessage("the model crashed its scratch process");
    }

    /** As the system does where its memory runs out, and as a Java does that comes up with too little of it. */
    @Test
    void aProcessThatTheMachineIsTooSmallForSaysNothingOfTheModel() {
        for (String exit : List.of("137", "1")) {
            assertThatThrownBy(() ->
                            ScratchProcess.look(ScratchProcess.command(folder, Ended.class.getName(), exit), LONG))
                    .isInstanceOfSatisfying(
                            ServingException.class,
                            small -> assertThat(small.kind()).isEqualTo(FailureKind.PAYLOAD_TOO_LARGE))
                    .hasMessage(
                            "its machine has no memory left to inspect the model: the inspection process was killed;"
                                    + " start one on a machine with more");
        }
    }

    @Test
    void aHostThatHasMoreForItsModelsLooksAtLargerOnes() {
        assumeTrue("Linux".equals(System.getProperty("os.name")));
        long gib = 1L << 30;

        assertThat(ScratchBounds.memory(List.of("java"), 0, 0)).endsWith("scratch", kibibytes(2 * gib), "java");
        assertThat(ScratchBounds.memory(List.of("java"), gib, 0)).contains(kibibytes(5 * gib));
        assertThat(ScratchBounds.memory(List.of("java"), gib, 7 * gib)).contains(kibibytes(8 * gib));
    }

    private static String kibibytes(long bytes) {
        return Long.toString(bytes >> 10);
    }

    @Test
    void whatNeverEndsIsKilled() {
        assertThatThrownBy(() -> ScratchProcess.look(
                        ScratchProcess.command(folder, Hang.class.getName(), "x"), Duration.ofMillis(500)))
                .isInstanceOf(ServingException.class)
                .hasMessage("the model took longer than 0 s");
    }

    /** As a model does that is refused by its process alone. */
    @Test
    void saysAtWhatItCrashed() {
        assertThatThrownBy(() ->
                        ScratchProcess.look(ScratchProcess.command(folder, StagedCrash.class.getName(), "x"), LONG))
                .hasMessage("the model crashed its scratch process while it ran with integers as large as 5");
    }

    @Test
    void takesLoopsWhoseCountIsAnInput() throws Exception {
        JsonNode counting = ScratchProcess.look(
                TinyModels.file(folder, LoopModels.counting().toByteArray()), null, LONG, 0);

        assertThat(counting.path("sample").toString()).isEqualTo("""
                {"N":[0]}""");
    }

    @Test
    void takesLengthsThatAreInputs() throws Exception {
        for (ModelProto model : List.of(LoopModels.zeros(), LoopModels.squaring())) {
            assertThat(ScratchProcess.look(TinyModels.file(folder, model.toByteArray()), null, LONG, 0)
                            .path("runtime")
                            .asText())
                    .isEqualTo("onnx");
        }
    }

    @Test
    void refusesWhatDoesNotLetItselfBeEnded() {
        byte[] model = LoopModels.pooling().toByteArray();

        // Each run that is not stopped costs seconds of a core, so the tries end with the first.
        boolean refused = Stream.iterate(Duration.ofMillis(100), longest -> longest.multipliedBy(2))
                .limit(8)
                .map(longest -> new LargeNumbers(longest, Duration.ofMillis(500)))
                .map(hasty -> look(model, hasty).path("error").asText())
                .anyMatch(error -> error.startsWith(
                        "a run of the model cannot be stopped if its integers are as large as 1048576"));

        assertThat(refused)
                .as("one of the runs is broken off in its long operation, however fast the machine gets there")
                .isTrue();
    }

    static final class StagedCrash {
        private StagedCrash() {}

        public static void main(String[] arguments) {
            System.out.println("""
                    {"stage": "it ran with integers as large as 5"}""");
            System.out.flush();
            Runtime.getRuntime().halt(134);
        }
    }

    static final class Ended {
        private Ended() {}

        public static void main(String[] arguments) {
            Runtime.getRuntime().halt(Integer.parseInt(arguments[0]));
        }
    }

    static final class Crash {
        private Crash() {}

        public static void main(String[] arguments) {
            Runtime.getRuntime().halt(134);
        }
    }

    static final class Hang {
        private Hang() {}

        public static void main(String[] arguments) throws InterruptedException {
            new java.util.concurrent.CountDownLatch(1).await();
        }
    }
}
