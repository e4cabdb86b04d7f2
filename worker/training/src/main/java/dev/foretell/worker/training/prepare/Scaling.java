package dev.foretell.worker.training.prepare;

import dev.foretell.commons.training.Scale;
import dev.foretell.worker.training.onnx.OnnxGraph;
import dev.foretell.worker.training.onnx.OnnxNode;
import java.util.Arrays;

/** Each number less its mean, divided by its spread; by 1 where it does not vary. */
record Scaling(double[] means, double[] deviations) {
    /** @param scale any but {@link Scale#NONE} */
    static Scaling learn(double[][] rows, int width, Scale scale) {
        double[] means = new double[width];
        double[] deviations = new double[width];
        for (int j = 0; j < width; j++) {
            int number = j;
            double[] column =
                    Arrays.stream(rows).mapToDouble(row -> row[number]).toArray();
            means[j] = Arrays.stream(column).average().orElse(0);
            deviations[j] = spread(column, means[j], scale);
        }
        return new Scaling(means, deviations);
    }

    /** Leaves numbers as they are. */
    static Scaling none(int width) {
        double[] ones = new double[width];
        Arrays.fill(ones, 1);
        return new Scaling(new double[width], ones);
    }

    private static double spread(double[] column, double mean, Scale scale) {
        double square = Arrays.stream(column)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElse(0);
        if (!varies(square, mean)) {
            return 1;
        }
        double deviation = Math.sqrt(square);
        return switch (scale) {
            case NONE -> 1;
            case STANDARD -> deviation;
            case RANGE -> range(column, deviation);
            case QUARTILES -> quartiles(column, deviation);
        };
    }

    /** Whether a column varies by more than what rounding makes of a constant one. */
    static boolean varies(double square, double mean) {
        return square > Double.MIN_NORMAL && Math.sqrt(square) > 1e-12 * Math.abs(mean);
    }

    /** The range; the deviation if the range is too large for a double. */
    private static double range(double[] column, double deviation) {
        double range = Arrays.stream(column).max().orElse(0)
                - Arrays.stream(column).min().orElse(0);
        return Double.isInfinite(range) ? deviation : range;
    }

    /** The distance of the quartiles; the deviation if that is over ten times as large, or else a column with few values apart from the others would dominate. */
    private static double quartiles(double[] column, double deviation) {
        double[] sorted = Arrays.stream(column).sorted().toArray();
        double difference = sorted[(sorted.length - 1) * 3 / 4] - sorted[(sorted.length - 1) / 4];
        return difference > 0.1 * deviation ? difference : deviation;
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
