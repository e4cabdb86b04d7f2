package dev.foretell.worker.training.model;

/** The scores of one row. */
public final class Scores {
    private Scores() {}

    /** The index of the largest score, or of the first of equal ones. */
    public static int largest(double[] scores) {
        int largest = 0;
        for (int i = 1; i < scores.length; i++) {
            if (scores[i] > scores[largest]) {
                largest = i;
            }
        }
        return largest;
    }
}
