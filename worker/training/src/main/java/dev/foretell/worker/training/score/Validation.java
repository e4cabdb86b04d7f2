package dev.foretell.worker.training.score;

import dev.foretell.worker.training.pipeline.Pipeline;
import dev.foretell.worker.training.pipeline.Predictions;
import dev.foretell.worker.training.table.ClassTarget;
import dev.foretell.worker.training.table.Table;
import dev.foretell.worker.training.table.Target;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The scores of a pipeline over the folds, each on rows that its training did not see.
 *
 * @param scores every metric for the kind of target
 * @param confusion over all held-out rows; empty for a regression
 */
public record Validation(Map<Scoring, Spread> scores, Optional<ConfusionMatrix> confusion) {
    /** @param threads the maximum number of threads; the result does not depend on it */
    public static Validation of(Pipeline pipeline, Table table, Folds folds, int threads) {
        pipeline.check(table);
        Optional<Validation> all = Optional.empty();
        for (int fold = 0; fold < folds.heldOut().size(); fold++) {
            Table heldOut = table.select(folds.heldOut().get(fold));
            Predictions predictions = pipeline.train(table.select(folds.trainingRows(fold)), threads)
                    .predict(heldOut.features());
            Validation next = Validation.of(heldOut.target(), predictions);
            all = Optional.of(all.map(known -> known.plus(next)).orElse(next));
        }
        return all.orElseThrow();
    }

    /** Of one fold. */
    public static Validation of(Target truth, Predictions predictions) {
        Map<Scoring, Spread> scores = new EnumMap<>(Scoring.class);
        for (Scoring scoring : Scoring.of(truth.kind())) {
            scores.put(scoring, new Spread(List.of(scoring.score(truth, predictions))));
        }
        return new Validation(
                scores,
                truth instanceof ClassTarget classes
                        ? Optional.of(ConfusionMatrix.of(classes, predictions))
                        : Optional.empty());
    }

    /** This validation followed by the folds of another, as if both were one. */
    public Validation plus(Validation later) {
        Map<Scoring, Spread> all = new EnumMap<>(Scoring.class);
        scores.forEach((scoring, spread) -> all.put(scoring, spread.plus(later.score(scoring))));
        return new Validation(all, confusion.map(counted -> counted.plus(later.confusion.orElseThrow())));
    }

    /** How many folds it has. */
    public int folds() {
        return scores.values().iterator().next().folds().size();
    }

    public Spread score(Scoring scoring) {
        return Optional.ofNullable(scores.get(scoring)).orElseThrow();
    }
}
