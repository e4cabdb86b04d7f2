package dev.foretell.worker.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.examples.models.ExampleModels;
import dev.foretell.worker.function.CallBody;
import dev.foretell.worker.function.FunctionNotFoundException;
import dev.foretell.worker.function.ServedFunction;
import dev.foretell.worker.function.binding.FunctionJson;
import dev.foretell.worker.loading.FunctionLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code foretell worker model.onnx}. */
class OnnxProviderTest {
    @TempDir
    Path folder;

    private ServedFunction load(String reference) {
        return new FunctionLoader("").load(List.of(reference)).get(0);
    }

    @Test
    void servesAFile() throws Exception {
        Path file = Files.write(folder.resolve("iris.onnx"), ExampleModels.iris());

        ServedFunction iris = load(file.toString());
        ServedFunction renamed = load("flower=" + file);

        assertThat(iris.name()).isEqualTo("iris");
        assertThat(renamed.name()).isEqualTo("flower");
        assertThat(iris.describe().batchMax()).isEqualTo(64);
        assertThat(iris.describe().parameters())
                .singleElement()
                .matches(x -> x.name().equals("X") && "float[][]".equals(x.type()));
        assertThat(FunctionJson.MAPPER.writeValueAsString(
                        renamed.call(CallBody.ofJson("[5.1,3.5,1.4,0.2]".getBytes(StandardCharsets.UTF_8)))))
                .isEqualTo("""
                        {"values":[0]}""");
    }

    @Test
    void saysWhyNot() throws IOException {
        Path text = Files.writeString(folder.resolve("text.onnx"), "this is no model");

        assertThatThrownBy(() -> load(text.toString()))
                .isInstanceOf(FunctionNotFoundException.class)
                .hasMessageContaining("not an ONNX model");
        assertThatThrownBy(() -> load(folder.resolve("lost.onnx").toString()))
                .isInstanceOf(FunctionNotFoundException.class)
                .hasMessageContaining("there is no file");
    }

    @Test
    void aWorkerOfFunctionsNeverLoadsTheRuntime() throws Exception {
        Process worker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-verbose:class",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Plain.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(worker.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(worker.waitFor()).isZero();
        assertThat(output).contains("dev.foretell.worker.onnx.OnnxProvider").doesNotContain("ai.onnxruntime");
    }

    /** Loads a plain function, with the provider on the class path. */
    static final class Plain {
        private Plain() {}

        public static void main(String[] arguments) {
            new FunctionLoader("").load(List.of("dev.foretell.examples.Fib::predict"));
        }
    }
}
