package dev.foretell.worker.onnx.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that no library would write. */
class OddFilesTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aPlainModelIsTaken() {
        assertThatCode(() -> ModelFile.require(ByteBuffer.wrap(plain().bytes())))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"ir_version\": 8}", "<html></html>", "PK\u0003\u0004 and more", "\0\0\0\0ORTM and so on"})
    void otherFormatsAreRefused(String text) {
        refuses(text.getBytes(StandardCharsets.ISO_8859_1), "not an ONNX model");
    }

    @Test
    void aGraphThatMakesNoSenseIsRefused() {
        refuses(Wire.model(17, new Wire().raw(new byte[] {0x0a, 0x7f, 1})).bytes(), "not an ONNX model");
    }

    @Test
    void graphsWithinGraphsWithoutEndAreRefused() {
        Wire graph = new Wire();
        for (int i = 0; i < 100; i++) {
            graph = new Wire().part(1, new Wire().part(5, new Wire().part(6, graph)));
        }

        refuses(Wire.model(17, graph).bytes(), "too deep");
    }

    static Stream<Arguments> externalData() {
        Wire tensor = Wire.externalTensor();
        Wire attribute = new Wire().part(5, tensor);
        return Stream.of(
                Arguments.of("sparse indices", inGraph(new Wire().part(15, new Wire().part(2, tensor)))),
                Arguments.of(
                        "a sparse attribute", inGraph(new Wire().part(1, attribute(22, new Wire().part(1, tensor))))),
                Arguments.of("a function's defaults", plain().part(25, new Wire().part(11, attribute))),
                Arguments.of("training", plain().part(20, new Wire().part(1, new Wire().part(5, tensor)))),
                Arguments.of("a second graph", plain().part(7, new Wire().part(5, tensor))),
                Arguments.of("location only", inGraph(new Wire().part(5, new Wire().number(14, 1)))),
                Arguments.of("entries only", inGraph(new Wire().part(5, new Wire().part(13, new Wire())))),
                Arguments.of(
                        "a number of more than 32 bits",
                        inGraph(new Wire().part(5, new Wire().number(14, (1L << 32) + 1)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("externalData")
    void externalDataIsRefusedWhereverItIs(String where, Wire model) {
        refuses(model.bytes(), "external data");
    }

    /** protobuf's own parser cuts tags to 32 bits, and would see where the data lies. */
    @Test
    void externalDataIsNotHiddenByATagOfTooManyBits() {
        Wire hidden = new Wire().raw(new byte[] {(byte) 0xf0, -128, -128, -128, 0x10, 1});

        refuses(inGraph(new Wire().part(5, hidden)).bytes(), "the file is not an ONNX model");
    }

    @Test
    void aFileLargerThanAModelCanBeIsRefused() throws IOException {
        Path huge = folder.resolve("huge.onnx");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(3L << 30);
        }

        refuses(() -> ModelFile.require(huge), "longer than 2 GB");
    }

    @Test
    void aModelThatTakesMoreMemoryThanThereIsHarmsNobody() throws IOException {
        byte[] greedy = inGraph(
                        Wire.graph(new Wire().text(1, "size").text(2, "y").text(4, "ConstantOfShape"))
                                .part(5, size(1_000_000_000)))
                .bytes();
        Path file = Files.write(folder.resolve("greedy.onnx"), greedy);

        assertThatThrownBy(() -> ScratchProcess.look(file, null, Duration.ofSeconds(60), 0))
                .isInstanceOfSatisfying(
                        ServingException.class,
                        small -> assertThat(small.kind()).isEqualTo(FailureKind.PAYLOAD_TOO_LARGE))
                .hasMessage("it has too little memory to inspect the model: one run of it takes more;"
                        + " start one with more: foretell host --memory SIZE");
    }

    @Test
    void noKeysAreShownToUnknownFiles() {
        Map<String, String> environment = new HashMap<>(Map.of("PATH", "/bin", "FORETELL_REGISTRATION_KEY", "secret"));

        ScratchBounds.environment(environment);

        assertThat(environment).containsOnlyKeys("PATH", "ORT_DISABLE_TELEMETRY", "MALLOC_ARENA_MAX");
    }

    private static Wire attribute(int field, Wire content) {
        return new Wire().part(5, new Wire().text(1, "a").part(field, content));
    }

    private static Wire plain() {
        return inGraph(Wire.graph(Wire.node("Abs")));
    }

    private static Wire inGraph(Wire graph) {
        return Wire.model(17, graph);
    }

    /** A constant: one INT64. */
    private static Wire size(int value) {
        byte[] raw = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        return new Wire().number(1, 1).number(2, 7).text(8, "size").bytes(9, raw);
    }

    private static void refuses(byte[] file, String why) {
        refuses(() -> ModelFile.require(ByteBuffer.wrap(file)), why);
    }

    private static void refuses(ThrowingCallable look, String why) {
        assertThatThrownBy(look)
                .isInstanceOfSatisfying(
                        ServingException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(FailureKind.INVALID_INPUT))
                .hasMessageContaining(why);
    }
}
