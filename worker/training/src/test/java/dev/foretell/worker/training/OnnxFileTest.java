package dev.foretell.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.worker.training.learn.Algorithm;
import dev.foretell.worker.training.pipeline.Pipeline;
import dev.foretell.worker.training.pipeline.Predictions;
import dev.foretell.worker.training.pipeline.TrainedPipeline;
import dev.foretell.worker.training.table.Features;
import dev.foretell.worker.training.table.Table;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxFileTest {
    private static final int ROWS = 10_000;

    static Stream<Arguments> pipelines() {
        return Tables.TARGETS.keySet().stream()
                .sorted()
                .flatMap(table -> Arrays.stream(Algorithm.values()).map(algorithm -> Arguments.of(table, algorithm)));
    }

    @ParameterizedTest
    @MethodSource("pipelines")
    void answersAsTheTrainerDoes(String name, Algorithm algorithm) throws Exception {
        Table table = Tables.reference(name);
        if (!algorithm.learns(table.target().kind())) {
            return;
        }
        TrainedPipeline trained = Pipeline.of(algorithm, Map.of(), 1).train(table, 2);
        Features rows = Tables.like(table.features(), ROWS, 7);

        Predictions expected = trained.predict(rows);

        try (ServedModel served = new ServedModel(trained.onnx())) {
            assertThat(served.inputs()).isEqualTo(table.features().names());
            if (trained.classes().isEmpty()) {
                assertThat(served.outputs()).containsExactly("prediction");
                assertClose(served.numbers(rows, "prediction"), expected);
            } else {
                assertThat(served.outputs()).containsExactly("label", "probabilities");
                assertThat(served.labels(rows)).isEqualTo(labels(trained, expected));
                assertClose(served.numbers(rows, "probabilities"), expected);
            }
        }
    }

    private static String[] labels(TrainedPipeline trained, Predictions predictions) {
        return Arrays.stream(predictions.labels())
                .mapToObj(trained.classes()::get)
                .toArray(String[]::new);
    }

    /** Within 1e-5 of each number; what is smaller than any float is nothing. */
    private static void assertClose(float[][] served, Predictions expected) {
        for (int i = 0; i < expected.rows(); i++) {
            for (int j = 0; j < served[i].length; j++) {
                double number = expected.values()[i][j];
                assertThat((double) served[i][j])
                        .isCloseTo(number, Offset.offset(1e-5 * Math.abs(number) + Float.MIN_NORMAL));
            }
        }
    }
}
