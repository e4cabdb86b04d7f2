package dev.foretell.worker.training.prepare;

import dev.foretell.worker.training.onnx.OnnxGraph;
import dev.foretell.worker.training.table.Column;
import dev.foretell.worker.training.table.NumberColumn;
import java.util.Arrays;

/** Keeps a number as it is; replaces a missing one by the median. */
record NumberEncoding(String name, double fill) implements Encoding {
    static NumberEncoding learn(NumberColumn column) {
        return new NumberEncoding(column.name(), median(column.values()));
    }

    /** The median of those that are not missing; 0 where all are. */
    static double median(double[] values) {
        double[] sorted = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return 0;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2;
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public void encode(Column column, double[][] rows, int at) {
        double[] values = ((NumberColumn) column).values();
        for (int i = 0; i < rows.length; i++) {
            rows[i][at] = values[i];
        }
    }

    @Override
    public int[] places(Column column) {
        return new int[0];
    }

    @Override
    public String export(OnnxGraph graph) {
        graph.numberInput(name);
        return name;
    }
}
