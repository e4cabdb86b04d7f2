package dev.foretell.worker.onnx.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.examples.models.ExampleModels;
import dev.foretell.worker.onnx.file.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectionsTest {
    private static final long MEMORY = 512L << 20;

    @TempDir
    private Path folder = Path.of("");

    private final Inspections inspections = new Inspections(MEMORY);

    @Test
    void findsSignatureMetadataAndASampleThatTheModelTakes() throws Exception {
        JsonNode found = inspect(ExampleModels.iris());

        assertThat(found.path("runtime").asText()).isEqualTo("onnx");
        assertThat(found.path("inputs")).isEqualTo(json("[{'name': 'X', 'datatype': 'FP32', 'shape': [-1, 4]}]"));
        assertThat(found.path("outputs").findValuesAsText("name"))
                .containsExactly("output_label", "output_probability");
        assertThat(found.at("/outputs/0/shape")).isEqualTo(json("[-1]"));
        assertThat(found.at("/metadata/author").asText()).isEqualTo("foretell examples");
        assertThat(found.path("sample")).hasToString("{\"X\":[[0,0,0,0]]}");
    }

    @Test
    void whatDoesNotLoadIsRefusedInTheRuntimesWordsWithoutPaths() {
        byte[] tomorrow = Wire.model(9_999, Wire.graph(Wire.node("Abs"))).bytes();

        refuses(() -> inspect(tomorrow), "opset").hasMessageNotContaining("/");
    }

    @Test
    void whatIsNotAllOfAModelIsRefusedBeforeItIsLoaded() {
        byte[] external =
                Wire.model(17, new Wire().part(5, Wire.externalTensor())).bytes();

        refuses(() -> inspect(external), "external data");
    }

    @Test
    void aModelThatTakesMoreMemoryThanThereIsHarmsNobody() {
        byte[] greedy = Wire.model(
                        17,
                        Wire.graph(new Wire().text(1, "size").text(2, "y").text(4, "ConstantOfShape"))
                                .part(5, size(1_000_000_000)))
                .bytes();

        refuses(() -> inspect(greedy), "memory");
    }

    @Test
    void aCrashIsToldAsOne() throws IOException {
        Path file = Files.write(folder.resolve("any.onnx"), ExampleModels.iris());

        refuses(() -> program(Crash.class, 60).inspect(file), "the model crashed its scratch process");
    }

    @Test
    void whatHangsIsKilledAndItsFolderGoesToo() throws IOException {
        Path file = Files.write(folder.resolve("any.onnx"), ExampleModels.iris());

        refuses(() -> program(Hang.class, 1).inspect(file), "longer than 1 s");
        assertThat(folder.resolve("any.onnx.folder")).exists();
        assertThat(Path.of(Files.readString(folder.resolve("any.onnx.folder")))).doesNotExist();
    }

    @Test
    void nothingOfOurEnvironmentIsToldButWhereProgramsLie() {
        ProcessBuilder scratch = new ScratchCommand(Scratch.class, Duration.ofSeconds(1), MEMORY)
                .builder(Path.of("model"), folder.resolve("result"));

        assertThat(scratch.environment().keySet())
                .isSubsetOf("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "ORT_DISABLE_TELEMETRY", "MALLOC_ARENA_MAX");
    }

    /** In place of a model that breaks the process. */
    static final class Crash {
        public static void main(String[] arguments) {
            Runtime.getRuntime().halt(134);
        }
    }

    /** In place of a model that never comes to an end. */
    static final class Hang {
        public static void main(String[] arguments) throws Exception {
            Files.writeString(
                    Path.of(arguments[0] + ".folder"),
                    String.valueOf(Path.of(arguments[1]).getParent()));
            Thread.currentThread().join();
        }
    }

    private static Inspections program(Class<?> program, int longestSeconds) {
        return new Inspections(new ScratchProcess(program, Duration.ofSeconds(longestSeconds), MEMORY));
    }

    private JsonNode inspect(byte[] model) throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("model.onnx"), model);
        return Json.readTree(inspections.inspect(file));
    }

    private static AbstractThrowableAssert<?, ?> refuses(ThrowingCallable inspection, String why) {
        return assertThatThrownBy(inspection)
                .isInstanceOfSatisfying(
                        ServingException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(FailureKind.INVALID_INPUT))
                .hasMessageContaining(why);
    }

    /** A constant: one INT64. */
    private static Wire size(int value) {
        byte[] raw = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        return new Wire().number(1, 1).number(2, 7).text(8, "size").bytes(9, raw);
    }

    private static JsonNode json(String text) {
        return Json.readTree(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
