package dev.foretell.worker.training.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.identity.OwnVersion;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.training.AlgorithmSpec;
import dev.foretell.worker.training.Tables;
import dev.foretell.worker.training.learn.Algorithm;
import dev.foretell.worker.training.table.CsvOptions;
import dev.foretell.worker.training.table.Features;
import dev.foretell.worker.training.table.NumberColumn;
import dev.foretell.worker.training.table.NumberTarget;
import dev.foretell.worker.training.table.Table;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PipelineTest {
    @Test
    void refusesUnknownAlgorithms() {
        assertThatThrownBy(() -> Algorithm.ofName("svm"))
                .hasMessage("there is no algorithm 'svm', only baseline, decision-tree, random-forest,"
                        + " gradient-boosting, logistic-regression, linear-regression, huber-regression,"
                        + " nearest-neighbours");
    }

    @ParameterizedTest
    @EnumSource
    void knowsEachAlgorithmByItsWord(Algorithm algorithm) {
        assertThat(Algorithm.ofName(algorithm.word())).isSameAs(algorithm);
        assertThat(algorithm.word())
                .isEqualTo(AlgorithmSpec.valueOf(algorithm.name()).word());
        assertThat(algorithm.parameters(Map.of()).values().keySet())
                .containsExactlyElementsOf(algorithm.knownParameters().stream()
                        .map(parameter -> parameter.name())
                        .toList());
    }

    @Test
    void refusesUnknownParameters() {
        assertThatThrownBy(() -> Pipeline.of(Algorithm.DECISION_TREE, Map.of("depth", 3), 0))
                .hasMessage("the algorithm 'decision-tree' has no parameter 'depth', only max-depth, min-leaf");
        assertThatThrownBy(() -> Pipeline.of(Algorithm.BASELINE, Map.of("depth", 3), 0))
                .hasMessage("the algorithm 'baseline' has no parameter 'depth', it has none");
    }

    @ParameterizedTest
    @CsvSource({"0", "31", "2.5", "-1", "NaN", "Infinity"})
    void refusesValuesOutOfRange(double depth) {
        assertThatThrownBy(() -> Pipeline.of(Algorithm.DECISION_TREE, Map.of("max-depth", depth), 0))
                .hasMessageStartingWith("the parameter 'max-depth' is ")
                .hasMessageEndingWith(": it must be a whole number from 1 to 30");
    }

    @Test
    void refusesAlgorithmsForTheOtherKindOfTarget() throws IOException {
        Table flowers = Tables.reference("iris");

        assertThatThrownBy(() ->
                        Pipeline.of(Algorithm.HUBER_REGRESSION, Map.of(), 0).check(flowers))
                .hasMessage(
                        "The algorithm 'huber-regression' is not for classification, and the target 'class' holds classes:"
                                + " choose one of baseline, decision-tree, random-forest, gradient-boosting,"
                                + " logistic-regression, nearest-neighbours.");
    }

    @Test
    void refusesColumnsNamedAsAnOutput() throws IOException {
        Table table = Tables.of("prediction,y\n1,1\n5,2\n3,3\n2,4\n9,5\n", CsvOptions.of("y"));

        assertThatThrownBy(() -> Pipeline.of(Algorithm.BASELINE, Map.of(), 0).check(table))
                .hasMessage(
                        "A column has the name 'prediction', which the model file has for its output: rename the column.");
    }

    @Test
    void refusesModelsThatWouldNotFitAFile() {
        double[] numbers =
                IntStream.range(0, 300_000).mapToDouble(row -> row % 1_000).toArray();
        Table table = new Table(
                new Features(List.of(new NumberColumn("x", numbers)), numbers.length),
                new NumberTarget("y", numbers),
                "");
        Pipeline forest = Pipeline.of(Algorithm.RANDOM_FOREST, Map.of("trees", 1_000), 0);

        assertThatThrownBy(() -> forest.check(table))
                .hasMessageStartingWith("The model file of 'random-forest' may have ")
                .hasMessageEndingWith(
                        " MiB for this table; 1024 is the maximum: train on fewer rows, or choose parameters for a"
                                + " smaller model.");
        Pipeline.of(Algorithm.RANDOM_FOREST, Map.of("min-leaf", 100), 0).check(table);
    }

    @Test
    void tellsWhereAModelCameFrom() throws IOException {
        Table table = Tables.of("size,colour,y\n1,red,1\n5,blue,2\n3,red,3\n2,red,4\n9,blue,5\n", CsvOptions.of("y"));

        Provenance provenance = Provenance.of(Pipeline.of(Algorithm.DECISION_TREE, Map.of("min-leaf", 2), 7), table);

        assertThat(Json.writeText(provenance))
                .isEqualTo("""
                {"dataSha256":"%s","rows":5,"columns":{"size":"number","colour":"category"},"target":"y",\
                "algorithm":"decision-tree","parameters":{"max-depth":5.0,"min-leaf":2.0},"seed":7,\
                "software":{"foretell":"%s","java":"%s"}}""".formatted(table.sha256(), OwnVersion.TEXT, Runtime.version()));
        assertThat(table.sha256()).hasSize(64);
    }
}
