package dev.foretell.worker.training.score;

import dev.foretell.worker.training.pipeline.TrainedPipeline;
import dev.foretell.worker.training.table.Column;
import dev.foretell.worker.training.table.Features;
import dev.foretell.worker.training.table.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Permutation importance: how much of a score is lost when a column's values are shuffled among the rows. It measures every
 * algorithm alike, in the columns that the user knows.
 *
 * @param lost the loss by column, in their order; 0 or less for a column that the pipeline does not need
 */
public record Importance(Map<String, Spread> lost) {
    /** More rows do not make it clearer. */
    private static final int MOST_ROWS = 2_000;

    public Importance {
        lost = Collections.unmodifiableMap(new LinkedHashMap<>(lost));
    }

    /**
     * @param table rows that the training did not see
     * @param repeats how often each column is shuffled
     */
    public static Importance of(TrainedPipeline trained, Table table, Scoring scoring, int repeats, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Table rows = table.rows() > MOST_ROWS
                ? table.select(random.ints(MOST_ROWS, 0, table.rows()).toArray())
                : table;
        double whole = scoring.score(rows.target(), trained.predict(rows.features()));
        Map<String, Spread> lost = new LinkedHashMap<>();
        for (int column = 0; column < rows.features().columns().size(); column++) {
            List<Double> losses = new ArrayList<>();
            for (int repeat = 0; repeat < repeats; repeat++) {
                Features dealt = dealt(rows.features(), column, random);
                losses.add(whole - scoring.score(rows.target(), trained.predict(dealt)));
            }
            lost.put(rows.features().names().get(column), new Spread(losses));
        }
        return new Importance(lost);
    }

    private static Features dealt(Features features, int column, SplittableRandom random) {
        List<Column> columns = new ArrayList<>(features.columns());
        columns.set(column, columns.get(column).select(Shuffle.of(features.rows(), random)));
        return new Features(columns, features.rows());
    }
}
