package dev.foretell.worker.training.prepare;

import dev.foretell.worker.training.onnx.OnnxGraph;
import dev.foretell.worker.training.table.Column;
import dev.foretell.worker.training.table.NumberColumn;
import java.util.Arrays;

/** Keeps a number as it is; replaces a missing one by the median. */
record NumberEncoding(String name, double fill) implements Encoding {
    static NumberEncoding learn(NumberColumn column) {
        double[] known = Arrays.stream(column.values())
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return new NumberEncoding(column.name(), known.length == 0 ? 0 : median(known));
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
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
    public String export(OnnxGraph graph) {
        graph.numberInput(name);
        return name;
    }
}
