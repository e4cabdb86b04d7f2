package dev.foretell.worker.training.search;

import java.util.ArrayList;
import java.util.List;

/**
 * One step of successive halving: the folds on which each candidate that is left is tried, and whether a sample of the rows stands
 * for all of them. The better half goes on to the next rung.
 *
 * @param from the first fold
 * @param to the fold after the last one
 */
public record Rung(int from, int to, boolean isSampled) {
    /** One fold, half of them, all; for a large table one fold of a sample comes first. */
    static List<Rung> ladder(int folds, boolean isLarge) {
        List<Rung> rungs = new ArrayList<>();
        if (isLarge) {
            rungs.add(new Rung(0, 1, true));
        }
        rungs.add(new Rung(0, 1, false));
        int half = (folds + 1) / 2;
        if (half > 1 && half < folds) {
            rungs.add(new Rung(1, half, false));
            rungs.add(new Rung(half, folds, false));
        } else {
            rungs.add(new Rung(1, folds, false));
        }
        return List.copyOf(rungs);
    }

    /** How many it tries a candidate on. */
    public int folds() {
        return to - from;
    }
}
