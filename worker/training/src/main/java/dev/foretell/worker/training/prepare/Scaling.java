package dev.foretell.worker.training.prepare;

import dev.foretell.worker.training.onnx.OnnxGraph;
import dev.foretell.worker.training.onnx.OnnxNode;
import java.util.Arrays;

/** Each number less its mean, divided by its standard deviation; by 1 where it does not vary. */
record Scaling(double[] means, double[] deviations) {
    static Scaling learn(double[][] rows, int width) {
        double[] means = new double[width];
        double[] deviations = new double[width];
        for (int j = 0; j < width; j++) {
            int column = j;
            double mean = Arrays.stream(rows)
                    .mapToDouble(row -> row[column])
                    .average()
                    .orElse(0);
            double square = Arrays.stream(rows)
                    .mapToDouble(row -> (row[column] - mean) * (row[column] - mean))
                    .average()
                    .orElse(0);
            means[j] = mean;
            deviations[j] = varies(square, mean) ? Math.sqrt(square) : 1;
        }
        return new Scaling(means, deviations);
    }

    /** What rounding makes of a constant column is no deviation. */
    private static boolean varies(double square, double mean) {
        return square > Double.MIN_NORMAL && Math.sqrt(square) > 1e-12 * Math.abs(mean);
    }

    void apply(double[][] rows) {
        for (double[] row : rows) {
            for (int j = 0; j < row.length; j++) {
                row[j] = (row[j] - means[j]) / deviations[j];
            }
        }
    }

    String export(OnnxGraph graph, String rows) {
        String centred = graph.add(OnnxNode.of("Sub", rows, graph.doubles(means, 1, means.length)));
        return graph.add(OnnxNode.of("Div", centred, graph.doubles(deviations, 1, deviations.length)));
    }
}
