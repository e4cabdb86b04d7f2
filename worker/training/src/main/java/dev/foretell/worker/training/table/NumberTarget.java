package dev.foretell.worker.training.table;

import java.util.Arrays;

/** Numbers without missing values. */
public record NumberTarget(String name, double[] values) implements Target {
    @Override
    public TargetKind kind() {
        return TargetKind.REGRESSION;
    }

    @Override
    public int rows() {
        return values.length;
    }

    @Override
    public NumberTarget select(int[] rows) {
        return new NumberTarget(
                name, Arrays.stream(rows).mapToDouble(row -> values[row]).toArray());
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public double[] outputs(int row) {
        return new double[] {values[row]};
    }
}
