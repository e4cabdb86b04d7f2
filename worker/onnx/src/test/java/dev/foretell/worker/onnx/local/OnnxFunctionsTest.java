package dev.foretell.worker.onnx.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import dev.foretell.examples.models.ExampleModels;
import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.Worker;
import dev.foretell.worker.function.FunctionNotFoundException;
import dev.foretell.worker.function.ServedFunction;
import dev.foretell.worker.loading.FunctionLoader;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxFunctionsTest {
    private static final String SETOSA = "{\"X\": [[5.1, 3.5, 1.4, 0.2]]}";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aFileIsServedUnderItsNameSinglyAndInBatches() throws Exception {
        try (RunningWorker worker = Worker.of(load(iris("iris.onnx"))).start()) {
            Caller caller = new Caller(worker.url());
            assertThat(caller.post("/iris", SETOSA, "").at("/output_label/0").asInt(-1))
                    .isZero();
            JsonNode both = caller.post("/iris", "[" + SETOSA + ", {\"X\": [[1, 2, 3]]}]", "2");
            assertThat(both.findValuesAsText("status")).containsExactly("200", "422");
            assertThat(both.at("/1/body/error").asText()).contains("[-1, 4]", "[1, 3]");
        }
    }

    @Test
    void theIndexShowsWhatItTakes() throws IOException {
        var said = load(iris("my iris.onnx")).get(0).describe();

        assertThat(said.path()).isEqualTo("/my-iris");
        assertThat(said.parameters()).singleElement().satisfies(input -> {
            assertThat(input.name()).isEqualTo("X");
            assertThat(input.type()).isEqualTo("float[][]");
        });
        assertThat(said.sample()).hasToString("{\"X\":[[0,0,0,0]]}");
        assertThat(said.batchMax()).isGreaterThan(1);
    }

    @Test
    void itsUserMayChooseAnotherName() throws IOException {
        List<ServedFunction> functions = new FunctionLoader("").load(List.of("flowers=" + iris("iris.onnx")));

        assertThat(functions).extracting(ServedFunction::name).containsExactly("flowers");
    }

    @Test
    void whatIsNotThereOrNoModelIsToldInOneSentence() throws IOException {
        Path text = Files.writeString(folder.resolve("text.onnx"), "not a model");

        assertThatThrownBy(() -> load(folder.resolve("none.onnx")))
                .isInstanceOf(FunctionNotFoundException.class)
                .hasMessageContaining("none.onnx");
        assertThatThrownBy(() -> load(text))
                .isInstanceOf(FunctionNotFoundException.class)
                .hasMessageContaining("cannot be loaded");
    }

    @Test
    void aWorkerOfPlainFunctionsLoadsNothingOfTheRuntime() throws Exception {
        try (Watched watched = new Watched()) {
            Object loader = watched.loadClass(FunctionLoader.class.getName())
                    .getConstructor(String.class)
                    .newInstance("");
            Object functions =
                    loader.getClass().getMethod("load", List.class).invoke(loader, List.of("java.lang.Math::sqrt"));

            assertThat((List<?>) functions).hasSize(1);
            assertThat(watched.hasLoaded(OnnxFunctions.class.getName())).isTrue();
            assertThat(watched.hasLoaded("ai.onnxruntime.OrtEnvironment")).isFalse();
            assertThat(watched.hasLoaded(FileModel.class.getName())).isFalse();
        }
    }

    /** Our whole class path once more, apart from that of the other tests. */
    private static final class Watched extends URLClassLoader {
        Watched() {
            super(path(), ClassLoader.getPlatformClassLoader());
        }

        private static URL[] path() {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(Watched::url)
                    .toArray(URL[]::new);
        }

        private static URL url(String entry) {
            try {
                return Path.of(entry).toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalArgumentException(e);
            }
        }

        boolean hasLoaded(String name) {
            return findLoadedClass(name) != null;
        }
    }

    /** Calls a worker. */
    private record Caller(String url) {
        JsonNode post(String path, String body, String batch) throws IOException, InterruptedException {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(url + path)).POST(BodyPublishers.ofString(body));
            if (!batch.isEmpty()) {
                request.header("X-Foretell-Batch", batch);
            }
            HttpResponse<byte[]> response =
                    HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofByteArray());
            return Json.readTree(response.body());
        }
    }

    private Path iris(String name) throws IOException {
        return Files.write(folder.resolve(name), ExampleModels.iris());
    }

    private static List<ServedFunction> load(Path file) {
        return new FunctionLoader("").load(List.of(file.toString()));
    }
}
