package dev.foretell.worker.training.search;

import dev.foretell.worker.training.score.Spread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How far a candidate has come, and how it does.
 *
 * @param rungs how many it has passed
 * @param scores of the folds it was tried on; not those of a sample once there are others
 */
record Standing(Candidate candidate, int rungs, boolean isSampled, List<Double> scores) {
    /** The furthest first, of those the best, of equal ones the first that was made. */
    static final Comparator<Standing> BEST_FIRST = Comparator.comparingInt((Standing standing) -> -standing.rungs())
            .thenComparing(standing -> -standing.score())
            .thenComparing(standing -> standing.candidate().number());

    Standing {
        scores = List.copyOf(scores);
    }

    static Standing of(Candidate candidate) {
        return new Standing(candidate, 0, true, List.of());
    }

    Standing pass(Rung rung, double[] told) {
        List<Double> all = new ArrayList<>(isSampled ? List.of() : scores);
        for (double score : told) {
            all.add(score);
        }
        return new Standing(candidate, rungs + 1, rung.isSampled(), all);
    }

    double score() {
        return spread().mean();
    }

    Spread spread() {
        return new Spread(scores);
    }
}
