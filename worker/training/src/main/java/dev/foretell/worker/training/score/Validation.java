package dev.foretell.worker.training.score;

import dev.foretell.worker.training.pipeline.Pipeline;
import dev.foretell.worker.training.pipeline.Predictions;
import dev.foretell.worker.training.table.ClassTarget;
import dev.foretell.worker.training.table.Table;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a pipeline does on rows that it was not trained on, over the folds.
 *
 * @param scores every figure for the kind of target
 * @param confusion over all rows held out; none where a number is predicted
 */
public record Validation(Map<Scoring, Spread> scores, Optional<ConfusionMatrix> confusion) {
    /** @param threads that may work on it at once; the result does not depend on them */
    public static Validation of(Pipeline pipeline, Table table, Folds folds, int threads) {
        pipeline.check(table);
        Map<Scoring, List<Double>> scores = new EnumMap<>(Scoring.class);
        Optional<ConfusionMatrix> confusion = Optional.empty();
        for (int fold = 0; fold < folds.heldOut().size(); fold++) {
            Table heldOut = table.select(folds.heldOut().get(fold));
            Predictions predictions =
                    pipeline.train(table.select(folds.kept(fold)), threads).predict(heldOut.features());
            for (Scoring scoring : Scoring.of(table.target().kind())) {
                scores.computeIfAbsent(scoring, key -> new ArrayList<>())
                        .add(scoring.score(heldOut.target(), predictions));
            }
            if (heldOut.target() instanceof ClassTarget truth) {
                ConfusionMatrix counted = ConfusionMatrix.of(truth, predictions);
                confusion = Optional.of(confusion.map(counted::plus).orElse(counted));
            }
        }
        Map<Scoring, Spread> spreads = new EnumMap<>(Scoring.class);
        scores.forEach((scoring, values) -> spreads.put(scoring, new Spread(values)));
        return new Validation(spreads, confusion);
    }

    public Spread score(Scoring scoring) {
        return Optional.ofNullable(scores.get(scoring)).orElseThrow();
    }
}
