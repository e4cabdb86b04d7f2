package dev.foretell.worker.training.search;

import dev.foretell.worker.training.pipeline.Pipeline;
import dev.foretell.worker.training.score.Folds;
import dev.foretell.worker.training.score.Scoring;
import dev.foretell.worker.training.score.Validation;
import dev.foretell.worker.training.table.Table;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Tries pipelines on the folds of a table, or of a sample of it. Thread-safe; a result depends on pipeline and rung alone. */
public final class Evaluator {
    private static final int LARGE = 10_000;

    private final Table table;
    private final Folds folds;
    private final Optional<Sampled> sampled;

    private record Sampled(Table table, Folds folds) {}

    private Evaluator(Table table, Folds folds, Optional<Sampled> sampled) {
        this.table = table;
        this.folds = folds;
        this.sampled = sampled;
    }

    /** Of more than 10,000 rows, so many stand for all of them at first. */
    public static Evaluator of(Table table, Folds folds, long seed) {
        return new Evaluator(
                table,
                folds,
                table.rows() > LARGE ? Optional.of(sample(table, folds.heldOut().size(), seed)) : Optional.empty());
    }

    private static Sampled sample(Table table, int folds, long seed) {
        int[] rows = Folds.holdOut(table.target(), (double) LARGE / table.rows(), seed)
                .heldOut()
                .get(0);
        Table sample = table.select(rows);
        return new Sampled(sample, Folds.cross(sample.target(), folds, seed));
    }

    Table table() {
        return table;
    }

    List<Rung> ladder() {
        return Rung.ladder(folds.heldOut().size(), sampled.isPresent());
    }

    /**
     * Tries a pipeline on a rung. What one candidate breaks is its own failure.
     *
     * @return empty where the thread was interrupted between two folds
     */
    public Optional<Trial> tryOut(TrialWork work, Scoring scoring) {
        try {
            return Optional.of(Trial.of(scores(work.pipeline(), work.rung(), scoring)));
        } catch (CancellationException interrupted) {
            return Optional.empty();
        } catch (RuntimeException failure) {
            return Optional.of(Trial.ofFailure(work.rung().folds(), failure));
        }
    }

    /** One score for each fold of the rung. */
    private double[] scores(Pipeline pipeline, Rung rung, Scoring scoring) {
        pipeline.check(table);
        double[] scores = new double[rung.folds()];
        for (int fold = 0; fold < scores.length; fold++) {
            requireUninterrupted();
            scores[fold] = validate(pipeline, rung.isSampled(), rung.from() + fold, rung.from() + fold + 1)
                    .score(scoring)
                    .mean();
        }
        return scores;
    }

    private static void requireUninterrupted() {
        if (Thread.interrupted()) {
            throw new CancellationException("The trial is not wanted any more");
        }
    }

    /** All figures, on the folds that a candidate was tried on. */
    Validation validate(Standing standing) {
        return validate(
                standing.candidate().pipeline(),
                standing.isSampled(),
                0,
                standing.scores().size());
    }

    private Validation validate(Pipeline pipeline, boolean isSampled, int from, int to) {
        Table rows = isSampled ? sampled.orElseThrow().table() : table;
        Folds all = isSampled ? sampled.orElseThrow().folds() : folds;
        return Validation.of(pipeline, rows, all.part(from, to), 1);
    }
}
