package dev.foretell.worker.training.table;

import java.util.Arrays;
import java.util.List;

/** Classes in the order of their names, as texts; each row has the index of its class. */
public record ClassTarget(String name, List<String> classes, int[] indices) implements Target {
    public ClassTarget {
        classes = List.copyOf(classes);
    }

    @Override
    public TargetKind kind() {
        return TargetKind.CLASSIFICATION;
    }

    @Override
    public int rows() {
        return indices.length;
    }

    /** A selection keeps all classes, even those without rows. */
    @Override
    public ClassTarget select(int[] rows) {
        return new ClassTarget(
                name, classes, Arrays.stream(rows).map(row -> indices[row]).toArray());
    }

    @Override
    public int outputs() {
        return classes.size();
    }

    @Override
    public double[] outputs(int row) {
        double[] outputs = new double[classes.size()];
        outputs[indices[row]] = 1;
        return outputs;
    }

    /** The number of rows of each class. */
    public int[] counts() {
        int[] counts = new int[classes.size()];
        for (int index : indices) {
            counts[index]++;
        }
        return counts;
    }
}
