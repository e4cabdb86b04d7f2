package dev.foretell.worker.training.search;

import dev.foretell.commons.failure.ServingException;
import java.util.Arrays;

/**
 * What came of a candidate on a rung.
 *
 * @param scores one for each fold; {@code NaN} where the candidate failed
 * @param failure why it failed, a sentence; empty where it did not
 */
record Trial(double[] scores, String failure) {
    static Trial of(double[] scores) {
        return Arrays.stream(scores).allMatch(Double::isFinite)
                ? new Trial(scores, "")
                : ofFailure(scores.length, "A score is not a number.");
    }

    static Trial ofFailure(int folds, Throwable why) {
        return ofFailure(folds, why instanceof ServingException refusal ? refusal.detail() : why.toString());
    }

    private static Trial ofFailure(int folds, String why) {
        double[] scores = new double[folds];
        Arrays.fill(scores, Double.NaN);
        return new Trial(scores, why);
    }

    boolean isFailed() {
        return Double.isNaN(scores[0]);
    }
}
