package dev.foretell.worker.training.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.json.Json;
import dev.foretell.worker.training.pipeline.Pipeline;
import dev.foretell.worker.training.pipeline.Predictions;
import dev.foretell.worker.training.pipeline.TrainedPipeline;
import dev.foretell.worker.training.score.Folds;
import dev.foretell.worker.training.score.Scoring;
import dev.foretell.worker.training.table.CategoryColumn;
import dev.foretell.worker.training.table.ClassTarget;
import dev.foretell.worker.training.table.Column;
import dev.foretell.worker.training.table.NumberColumn;
import dev.foretell.worker.training.table.NumberTarget;
import dev.foretell.worker.training.table.Table;
import dev.foretell.worker.training.table.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows that a pipeline did not learn from, its score on them, and what is needed to have another model scored on the same rows.
 *
 * @param metric name of the figure
 * @param candidate the pipeline's figure
 * @param target name of the column predicted
 * @param classes in the order of their indices; none where a number is predicted
 * @param truth for each row the index of its class, or its number
 * @param calls the rows as predict calls have them, some in each call
 */
public record Holdout(
        String metric, double candidate, String target, List<String> classes, double[] truth, List<ArrayNode> calls) {
    private static final double SHARE = 0.2;
    private static final int MOST_ROWS = 5000;
    private static final int MOST_CELLS = 400_000;
    private static final int CELLS_OF_A_CALL = 20_000;

    /**
     * A fifth of the rows, at most 5,000, and fewer of a wide table.
     *
     * @throws dev.foretell.commons.failure.ServingException INVALID_INPUT for a metric that is not for this target
     */
    public static Holdout of(Pipeline pipeline, Table table, String metric, long seed, int threads) {
        Scoring.ofName(metric, table.target().kind());
        Folds split = Folds.holdOut(table.target(), share(table), seed);
        Table heldOut = table.select(split.heldOut().get(0));
        TrainedPipeline trained = pipeline.train(table.select(split.trainingRows(0)), threads);
        return of(heldOut, trained, metric);
    }

    /** @param heldOut rows that the pipeline did not learn from; the first of them if there are more than a comparison takes */
    static Holdout of(Table heldOut, TrainedPipeline trained, String metric) {
        Table rows = first(heldOut);
        Predictions predictions = trained.predict(rows.features());
        return new Holdout(
                metric,
                Scoring.ofName(metric, rows.target().kind()).score(rows.target(), predictions),
                rows.target().name(),
                rows.target() instanceof ClassTarget texts ? texts.classes() : List.of(),
                truth(rows.target()),
                calls(rows));
    }

    private static Table first(Table heldOut) {
        int most = (int) most(heldOut);
        return heldOut.rows() <= most
                ? heldOut
                : heldOut.select(IntStream.range(0, most).toArray());
    }

    /** What {@link #write} has written. */
    public static Holdout read(Path file) throws IOException {
        return Json.MAPPER.readValue(file.toFile(), Holdout.class);
    }

    void write(Path file) throws IOException {
        Files.write(file, Json.write(this));
    }

    private static double share(Table table) {
        return Math.min(SHARE, most(table) / table.rows());
    }

    private static double most(Table table) {
        return Math.max(
                1, Math.min(MOST_ROWS, MOST_CELLS / table.features().columns().size()));
    }

    private static double[] truth(Target target) {
        return target instanceof NumberTarget numbers
                ? numbers.values()
                : Arrays.stream(((ClassTarget) target).indices())
                        .asDoubleStream()
                        .toArray();
    }

    private static List<ArrayNode> calls(Table table) {
        List<ArrayNode> calls = new ArrayList<>();
        int rowsOfACall =
                Math.max(1, CELLS_OF_A_CALL / table.features().columns().size());
        for (int row = 0; row < table.rows(); row++) {
            if (row % rowsOfACall == 0) {
                calls.add(Json.MAPPER.createArrayNode());
            }
            ObjectNode cells = calls.get(calls.size() - 1).addObject();
            for (Column column : table.features().columns()) {
                put(cells, column, row);
            }
        }
        return calls;
    }

    /** JSON has no NaN: hosts take the text. */
    private static void put(ObjectNode cells, Column column, int row) {
        if (column instanceof NumberColumn numbers) {
            double value = numbers.values()[row];
            if (Double.isFinite(value)) {
                cells.put(column.name(), value);
            } else {
                cells.put(column.name(), String.valueOf(value));
            }
        } else if (column instanceof CategoryColumn texts) {
            int code = texts.codes()[row];
            cells.put(
                    column.name(),
                    code == CategoryColumn.MISSING ? "" : texts.categories().get(code));
        }
    }
}
