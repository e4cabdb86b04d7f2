package dev.foretell.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.worker.training.learn.Algorithm;
import dev.foretell.worker.training.pipeline.Pipeline;
import dev.foretell.worker.training.table.Table;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SameBytesTest {
    static Stream<Arguments> pipelines() {
        return Stream.of("iris", "friedman1")
                .flatMap(table -> Arrays.stream(Algorithm.values())
                        .filter(algorithm -> algorithm.learns(Tables.kind(table)))
                        .map(algorithm -> Arguments.of(table, algorithm)));
    }

    @ParameterizedTest
    @MethodSource("pipelines")
    void comeFromTheSameSeedOnAnyNumberOfThreads(String name, Algorithm algorithm) throws IOException {
        Table table = Tables.reference(name);
        Pipeline pipeline = Pipeline.of(algorithm, Map.of(), 42);

        byte[] alone = pipeline.train(table, 1).onnx();

        assertThat(pipeline.train(table, 8).onnx()).isEqualTo(alone);
        assertThat(pipeline.train(Tables.reference(name), 1).onnx()).isEqualTo(alone);
    }

    @Test
    void differBySeed() throws IOException {
        Table table = Tables.reference("iris");

        byte[] one = Pipeline.of(Algorithm.RANDOM_FOREST, Map.of(), 1)
                .train(table, 1)
                .onnx();

        assertThat(Pipeline.of(Algorithm.RANDOM_FOREST, Map.of(), 2)
                        .train(table, 1)
                        .onnx())
                .isNotEqualTo(one);
    }
}
