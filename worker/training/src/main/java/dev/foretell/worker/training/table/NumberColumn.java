package dev.foretell.worker.training.table;

import java.util.Arrays;

/** Numbers; {@code NaN} for a missing value. */
public record NumberColumn(String name, double[] values) implements Column {
    @Override
    public int rows() {
        return values.length;
    }

    @Override
    public NumberColumn select(int[] rows) {
        return new NumberColumn(
                name, Arrays.stream(rows).mapToDouble(row -> values[row]).toArray());
    }
}
