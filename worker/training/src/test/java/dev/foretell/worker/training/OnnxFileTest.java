package dev.foretell.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.training.Scale;
import dev.foretell.worker.training.learn.Algorithm;
import dev.foretell.worker.training.pipeline.Pipeline;
import dev.foretell.worker.training.pipeline.TrainedPipeline;
import dev.foretell.worker.training.prepare.PreparationOptions;
import dev.foretell.worker.training.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxFileTest {
    private static final int ROWS = 10_000;
    /** The runtime works on one row in another way than on many. */
    private static final int SINGLE_ROWS = 20;

    static Stream<Arguments> pipelines() {
        return Tables.TARGETS.keySet().stream()
                .sorted()
                .flatMap(table -> Arrays.stream(Algorithm.values())
                        .filter(algorithm -> algorithm.learns(Tables.kind(table)))
                        .map(algorithm -> Arguments.of(table, algorithm)));
    }

    @ParameterizedTest
    @MethodSource("pipelines")
    void answersAsTheTrainerDoes(String name, Algorithm algorithm) throws Exception {
        assertAnswers(name, Pipeline.of(algorithm, Map.of(), 1));
    }

    @ParameterizedTest
    @EnumSource
    void answersAsTheTrainerDoesWithSomeFeaturesOfAnyScale(Scale scale) throws Exception {
        Algorithm algorithm = scale == Scale.NONE ? Algorithm.GRADIENT_BOOSTING : Algorithm.NEAREST_NEIGHBOURS;
        for (String name : List.of("wine", "friedman1")) {
            assertAnswers(name, Pipeline.of(algorithm, Map.of(), 1).with(new PreparationOptions(scale, 0.3)));
        }
    }

    private static void assertAnswers(String name, Pipeline pipeline) throws Exception {
        Table table = Tables.reference(name);
        TrainedPipeline trained = pipeline.train(table, 2);

        try (ServedModel served = new ServedModel(trained.onnx())) {
            assertThat(served.inputs()).isEqualTo(table.features().names());
            served.assertAnswersAs(trained, Tables.like(table.features(), ROWS, 7));
            for (int seed = 0; seed < SINGLE_ROWS; seed++) {
                served.assertAnswersAs(trained, Tables.like(table.features(), 1, seed));
            }
        }
    }
}
