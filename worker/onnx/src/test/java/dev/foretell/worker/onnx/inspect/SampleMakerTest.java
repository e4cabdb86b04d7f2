package dev.foretell.worker.onnx.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.examples.models.ExampleModels;
import dev.foretell.worker.onnx.file.Wire;
import dev.foretell.worker.onnx.model.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleMakerTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void zerosAreMadeForEachInput() throws IOException {
        assertThat(sample(ExampleModels.iris())).get().hasToString("{\"X\":[[0,0,0,0]]}");
        assertThat(sample(ExampleModels.digits()).orElseThrow().at("/image/0/0"))
                .hasSize(28);
    }

    @Test
    void noneIsMadeWhereALengthIsUnknown() throws IOException {
        byte[] square = Wire.model(
                        17,
                        new Wire()
                                .part(1, Wire.node("Abs"))
                                .text(2, "square")
                                .part(11, matrix("x"))
                                .part(12, matrix("y")))
                .bytes();

        assertThat(sample(square)).isEmpty();
    }

    @Test
    void theModelsOwnGoesFirst() throws IOException {
        assertThat(sample(saying("{\"x\": [1, -2]}"))).get().hasToString("{\"x\":[1,-2]}");
    }

    @Test
    void theModelsOwnMustFit() {
        refuses("{\"z\": 1}", "'x' is missing");
        refuses("{\"x\": [[1]]}", "tensor 'x'");
        refuses("[", "foretell.sample");
    }

    private void refuses(String said, String why) {
        assertThatThrownBy(() -> sample(saying(said)))
                .isInstanceOf(ServingException.class)
                .hasMessageContaining("foretell.sample")
                .hasMessageContaining(why);
    }

    private static byte[] saying(String sample) {
        return Wire.model(17, Wire.graph(Wire.node("Abs")))
                .part(14, new Wire().text(1, SampleMaker.KEY).text(2, sample))
                .bytes();
    }

    private static Wire matrix(String name) {
        Wire shape = new Wire();
        Stream.of("N", "M").forEach(each -> shape.part(1, new Wire().text(2, each)));
        Wire tensor = new Wire().number(1, 1).part(2, shape);
        return new Wire().text(1, name).part(2, new Wire().part(1, tensor));
    }

    private Optional<JsonNode> sample(byte[] file) throws IOException {
        try (OnnxModel model = OnnxModel.load(Files.write(folder.resolve("model.onnx"), file), 1)) {
            return SampleMaker.of(model);
        }
    }
}
