package dev.foretell.worker.onnx.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.examples.models.ExampleModels;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxFileCheckTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void takesModels() {
        for (byte[] model : new byte[][] {ExampleModels.iris(), ExampleModels.digits(), plain().bytes()}) {
            assertThatCode(() -> check(model)).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hello, world", "{\"ir_version\": 8}", "<html></html>", "PK\u0003\u0004 and more", "\u0008\u0008"
            })
    void refusesWhatIsNoModel(String text) {
        refuses(text.getBytes(StandardCharsets.ISO_8859_1), "not an ONNX model");
    }

    @Test
    void refusesNothingAtAll() {
        refuses(new byte[0], "is empty");
    }

    @Test
    void refusesPicturesAndNoise() {
        byte[] noise = new byte[10_000];
        new Random(7).nextBytes(noise);

        refuses(noise, "not an ONNX model");
        refuses(ExampleModels.picture(3, "png"), "not an ONNX model");
    }

    @Test
    void refusesTheRuntimesOwnFormat() {
        refuses("\0\0\0\0ORTM and so on".getBytes(StandardCharsets.ISO_8859_1), ".ort");
    }

    @Test
    void refusesAModelThatIsCutShortWhereverThatIs() {
        byte[] model = plain().bytes();

        for (int length = 1; length < model.length; length++) {
            byte[] cut = Arrays.copyOf(model, length);
            assertThatThrownBy(() -> check(cut)).isInstanceOf(ServingException.class);
        }
        refuses(Arrays.copyOf(ExampleModels.digits(), 10_000), "cut short");
    }

    @Test
    void refusesAGraphThatMakesNoSense() {
        Wire graph = new Wire().raw(new byte[] {0x0a, 0x7f, 1});

        refuses(Wire.model(17, graph).bytes(), "damaged");
    }

    @Test
    void refusesGraphsWithinGraphsWithoutEnd() {
        Wire graph = new Wire();
        for (int i = 0; i < 100; i++) {
            graph = new Wire().part(1, new Wire().part(5, new Wire().part(6, graph)));
        }

        refuses(Wire.model(17, graph).bytes(), "nested too deep");
    }

    static Stream<Arguments> externalData() {
        Wire tensor = Wire.externalTensor();
        Wire attribute = new Wire().part(5, tensor);
        Wire node = new Wire().part(5, attribute);
        return Stream.of(
                Arguments.of("weights", inGraph(new Wire().part(5, tensor))),
                Arguments.of("sparse values", inGraph(new Wire().part(15, new Wire().part(1, tensor)))),
                Arguments.of("sparse indices", inGraph(new Wire().part(15, new Wire().part(2, tensor)))),
                Arguments.of("an attribute", inGraph(new Wire().part(1, node))),
                Arguments.of("one of an attribute's", inGraph(new Wire().part(1, attribute(10, tensor)))),
                Arguments.of("a graph inside", inGraph(new Wire().part(1, attribute(6, new Wire().part(5, tensor))))),
                Arguments.of(
                        "one of many inside", inGraph(new Wire().part(1, attribute(11, new Wire().part(5, tensor))))),
                Arguments.of(
                        "a sparse attribute", inGraph(new Wire().part(1, attribute(22, new Wire().part(1, tensor))))),
                Arguments.of("a function", plain().part(25, new Wire().part(7, node))),
                Arguments.of("a function's defaults", plain().part(25, new Wire().part(11, attribute))),
                Arguments.of("training", plain().part(20, new Wire().part(1, new Wire().part(5, tensor)))),
                Arguments.of("a second graph", plain().part(7, new Wire().part(5, tensor))),
                Arguments.of("location only", inGraph(new Wire().part(5, new Wire().number(14, 1)))),
                Arguments.of("entries only", inGraph(new Wire().part(5, new Wire().part(13, new Wire())))),
                Arguments.of(
                        "a number of more than 32 bits",
                        inGraph(new Wire().part(5, new Wire().number(14, (1L << 32) + 1)))),
                Arguments.of("a tag of more than 32 bits", inGraph(new Wire().part(5, new Wire().raw(new byte[] {
                                    (byte) 0xf0, -128, -128, -128, 0x10, 1
                                })))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("externalData")
    void refusesExternalData(String where, Wire model) {
        refuses(model.bytes(), "external data");
    }

    @Test
    void refusesAFileLargerThanAModelCanBe() throws IOException {
        Path huge = folder.resolve("huge.onnx");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(3L << 30);
        }

        assertThatThrownBy(() -> OnnxFileCheck.require(huge)).hasMessageContaining("larger than 2 GiB");
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

    private static void check(byte[] file) {
        OnnxFileCheck.require(ByteBuffer.wrap(file));
    }

    private static void refuses(byte[] file, String why) {
        assertThatThrownBy(() -> check(file))
                .isInstanceOfSatisfying(
                        ServingException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(FailureKind.INVALID_INPUT))
                .hasMessageContaining(why);
    }
}
