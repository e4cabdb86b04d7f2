package dev.foretell.worker.training.table;

/** The figures of a table's target that a pass over its rows gathers. */
final class TargetCounts {
    private final int[] texts;
    private double least = Double.POSITIVE_INFINITY;
    private double most = Double.NEGATIVE_INFINITY;

    TargetCounts(int mostTexts) {
        texts = new int[mostTexts];
    }

    /** @param value a number, or the index of a text; {@code NaN} where it is missing */
    void add(double value) {
        least = Math.min(least, value);
        most = Math.max(most, value);
        if (value >= 0 && value < texts.length) {
            texts[(int) value]++;
        }
    }

    /** Rows by the index of their text. */
    int[] texts() {
        return texts;
    }

    boolean isConstant() {
        return least == most;
    }
}
