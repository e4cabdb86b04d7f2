package dev.foretell.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foretell.worker.training.learn.Algorithm;
import dev.foretell.worker.training.pipeline.Pipeline;
import dev.foretell.worker.training.pipeline.Predictions;
import dev.foretell.worker.training.pipeline.TrainedPipeline;
import dev.foretell.worker.training.table.Column;
import dev.foretell.worker.training.table.CsvOptions;
import dev.foretell.worker.training.table.Features;
import dev.foretell.worker.training.table.NumberColumn;
import dev.foretell.worker.training.table.NumberTarget;
import dev.foretell.worker.training.table.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ten sets with outliers and columns of different scales, and the true optimum of each. */
class HuberOptimumTest {
    static Stream<JsonNode> sets() throws IOException {
        JsonNode sets =
                new ObjectMapper().readTree(Tables.resource("huber.json")).path("sets");
        return StreamSupport.stream(sets.spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("sets")
    void isWithinTheTenThousandthPartOfTheOptimum(JsonNode set) {
        TrainedPipeline trained = train(set);

        Predictions predictions = trained.predict(features(set.path("test")));

        JsonNode optimum = set.path("optimum");
        double[] expected = doubles(optimum.path("predicted"));
        double[] predicted = new double[expected.length];
        for (int i = 0; i < expected.length; i++) {
            predicted[i] = predictions.number(i);
        }
        assertClose(predicted, expected);
        assertClose(coefficients(trained, set.path("x").path(0).size()), doubles(optimum.path("coef")));
    }

    /** Then the best scale is 0, where the objective is not smooth. */
    @Test
    void isFoundWhereNothingIsLeftUnexplained() throws IOException {
        StringBuilder csv = new StringBuilder("a,b,y\n");
        for (int i = 0; i < 200; i++) {
            double a = i * 7 % 31;
            double b = i * 11 % 53 * 1e-3;
            csv.append(a)
                    .append(',')
                    .append(b)
                    .append(',')
                    .append(3 * a - 200 * b + 1)
                    .append('\n');
        }
        Table table = Tables.of(csv.toString(), CsvOptions.of("y"));

        Predictions predictions = Pipeline.of(Algorithm.HUBER_REGRESSION, Map.of(), 0)
                .train(table, 1)
                .predict(table.features());

        double[] values = ((NumberTarget) table.target()).values();
        for (int i = 0; i < values.length; i++) {
            assertThat(predictions.number(i)).isCloseTo(values[i], within(1e-3));
        }
    }

    private static TrainedPipeline train(JsonNode set) {
        Map<String, Double> parameters = Map.of(
                "epsilon",
                set.path("epsilon").asDouble(),
                "alpha",
                set.path("alpha").asDouble());
        Table table = new Table(features(set.path("x")), new NumberTarget("y", doubles(set.path("y"))), "");
        return Pipeline.of(Algorithm.HUBER_REGRESSION, parameters, 0).train(table, 1);
    }

    /** By how much the prediction grows with each column. */
    private static double[] coefficients(TrainedPipeline trained, int width) {
        List<Column> columns = new ArrayList<>();
        for (int j = 0; j < width; j++) {
            double[] values = new double[width + 1];
            values[j + 1] = 1;
            columns.add(new NumberColumn("x" + j, values));
        }
        Predictions predictions = trained.predict(new Features(columns, width + 1));
        double[] coefficients = new double[width];
        for (int j = 0; j < width; j++) {
            coefficients[j] = predictions.number(j + 1) - predictions.number(0);
        }
        return coefficients;
    }

    private static void assertClose(double[] found, double[] expected) {
        double largest = 0;
        double error = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            error = Math.max(error, Math.abs(found[i] - expected[i]));
        }
        assertThat(error / largest).isLessThan(1e-4);
    }

    private static Features features(JsonNode rows) {
        List<Column> columns = new ArrayList<>();
        for (int j = 0; j < rows.path(0).size(); j++) {
            double[] values = new double[rows.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = rows.path(i).path(j).asDouble();
            }
            columns.add(new NumberColumn("x" + j, values));
        }
        return new Features(columns, rows.size());
    }

    private static double[] doubles(JsonNode numbers) {
        return StreamSupport.stream(numbers.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }
}
