package dev.foretell.worker.training.search;

import java.util.Arrays;

/**
 * The scores of all trials so far, in the order of their numbers: with the same seed and table, a search that has them goes on from
 * where they end. Confined to one thread.
 */
public final class TrialLog {
    private double[] scores;
    private int count;
    private int read;

    public TrialLog(double... scores) {
        this.scores = scores.clone();
        this.count = scores.length;
    }

    /** A copy. */
    public double[] scores() {
        return Arrays.copyOf(scores, count);
    }

    /** How many scores are there that were not read. */
    int ahead() {
        return count - read;
    }

    /** The next scores; there must be so many. */
    double[] next(int folds) {
        read += folds;
        return Arrays.copyOfRange(scores, read - folds, read);
    }

    void add(double[] trial) {
        if (count + trial.length > scores.length) {
            scores = Arrays.copyOf(scores, 2 * (count + trial.length));
        }
        System.arraycopy(trial, 0, scores, count, trial.length);
        count += trial.length;
        read = count;
    }
}
