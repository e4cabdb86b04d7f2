package dev.foretell.worker.training.score;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.worker.training.table.ClassTarget;
import dev.foretell.worker.training.table.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The rows that each fold holds out; the fold trains on the others. A seed draws the rows at random, with an even share of each
 * class.
 *
 * @param heldOut the rows that each fold holds out, ascending
 */
public record Folds(List<int[]> heldOut, int rows) {
    private static final int MOST = 100;

    public Folds {
        heldOut = List.copyOf(heldOut);
    }

    /**
     * Folds that hold out each row once.
     *
     * @throws ServingException INVALID_INPUT for fewer than 2 folds, more than 100, or more folds than rows
     */
    public static Folds cross(Target target, int folds, long seed) {
        if (folds < 2 || folds > Math.min(MOST, target.rows())) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "There cannot be " + folds + " folds of " + target.rows() + " rows: the minimum is 2, the maximum "
                            + Math.min(MOST, target.rows()) + ".");
        }
        int[] dealt = dealt(target, seed);
        List<int[]> heldOut = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            int first = fold;
            heldOut.add(IntStream.range(0, dealt.length)
                    .filter(place -> place % folds == first)
                    .map(place -> dealt[place])
                    .sorted()
                    .toArray());
        }
        return new Folds(heldOut, target.rows());
    }

    /**
     * One fold.
     *
     * @param share the share of the rows that is held out
     * @throws ServingException INVALID_INPUT for a share that leaves no row on one side
     */
    public static Folds holdOut(Target target, double share, long seed) {
        long count = Math.round(share * target.rows());
        if (!(share > 0 && share < 1) || count < 1 || count >= target.rows()) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "A share of " + share + " of " + target.rows()
                            + " rows cannot be held out: it must be between 0 and 1, and leave rows on both sides.");
        }
        int[] dealt = dealt(target, seed);
        int[] chosen = IntStream.range(0, dealt.length)
                .filter(place -> (place + 1) * count / dealt.length > place * count / dealt.length)
                .map(place -> dealt[place])
                .sorted()
                .toArray();
        return new Folds(List.of(chosen), target.rows());
    }

    /** Orders the rows so that every even part has about the same share of each class. */
    private static int[] dealt(Target target, long seed) {
        int[] rows = Shuffle.of(target.rows(), new SplittableRandom(seed));
        if (target instanceof ClassTarget classes) {
            return Arrays.stream(rows)
                    .boxed()
                    .sorted((one, other) -> Integer.compare(classes.indices()[one], classes.indices()[other]))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        return rows;
    }

    /** Some of the folds. */
    public Folds part(int from, int to) {
        return new Folds(heldOut.subList(from, to), rows);
    }

    /** The training rows of a fold. */
    public int[] trainingRows(int fold) {
        boolean[] out = new boolean[rows];
        for (int row : heldOut.get(fold)) {
            out[row] = true;
        }
        return IntStream.range(0, rows).filter(row -> !out[row]).toArray();
    }
}
