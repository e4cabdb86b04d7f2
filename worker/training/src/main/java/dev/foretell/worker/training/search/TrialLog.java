package dev.foretell.worker.training.search;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * The scores of all trials so far, in the order of their numbers, and the outcomes of some later ones, which ended before their turn: with
 * the same seed and table, a search that has them goes on from where they end. Confined to one thread.
 */
public final class TrialLog {
    private double[] scores;
    private int count;
    private int read;

    private final Map<Integer, Trial> early;

    public TrialLog(double... scores) {
        this(scores, Map.of());
    }

    /** @param early outcomes of later trials by number */
    TrialLog(double[] scores, Map<Integer, Trial> early) {
        this.scores = scores.clone();
        this.count = scores.length;
        this.early = Map.copyOf(early);
    }

    /** The outcome of a trial that had ended before its turn came. */
    Optional<Trial> early(int number) {
        return Optional.ofNullable(early.get(number));
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
