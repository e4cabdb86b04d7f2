package dev.foretell.worker.training.prepare;

import dev.foretell.worker.training.onnx.OnnxGraph;
import dev.foretell.worker.training.onnx.OnnxNode;
import dev.foretell.worker.training.table.Target;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The encoded numbers that are kept, by their places, ascending: those that tell most about the target, each by itself. Their worth is
 * the share of the variance of the target's numbers (of a regression's values, or of 0 and 1 for each class) that a straight line
 * through the number explains: the squared correlation, summed over the target's numbers.
 */
record Selection(int[] kept) {
    static Selection learn(double[][] rows, Target target, double share) {
        int width = rows[0].length;
        int count = (int) Math.max(1, Math.round(share * width));
        double[] worth = IntStream.range(0, width)
                .mapToDouble(column -> worth(rows, target, column))
                .toArray();
        return new Selection(IntStream.range(0, width)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer column) -> -worth[column])
                        .thenComparing(Comparator.naturalOrder()))
                .limit(count)
                .sorted()
                .mapToInt(Integer::intValue)
                .toArray());
    }

    private static double worth(double[][] rows, Target target, int column) {
        int outputs = target.outputs();
        double mean = 0;
        double[] means = new double[outputs];
        for (int row = 0; row < rows.length; row++) {
            mean += rows[row][column] / rows.length;
            add(means, target.outputs(row), 1.0 / rows.length);
        }
        double square = 0;
        double[] squares = new double[outputs];
        double[] products = new double[outputs];
        for (int row = 0; row < rows.length; row++) {
            double number = rows[row][column] - mean;
            double[] answers = target.outputs(row);
            square += number * number;
            for (int i = 0; i < outputs; i++) {
                double answer = answers[i] - means[i];
                squares[i] += answer * answer;
                products[i] += number * answer;
            }
        }
        double worth = 0;
        for (int i = 0; i < outputs; i++) {
            double both = square * squares[i];
            worth += both > 0 ? products[i] * products[i] / both : 0;
        }
        return worth;
    }

    private static void add(double[] sums, double[] values, double weight) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += values[i] * weight;
        }
    }

    double[] of(double[] row) {
        double[] selected = new double[kept.length];
        for (int i = 0; i < selected.length; i++) {
            selected[i] = row[kept[i]];
        }
        return selected;
    }

    void apply(double[][] rows) {
        for (int i = 0; i < rows.length; i++) {
            rows[i] = of(rows[i]);
        }
    }

    String export(OnnxGraph graph, String rows) {
        String places = graph.longs(Arrays.stream(kept).asLongStream().toArray());
        return graph.add(OnnxNode.of("Gather", rows, places).with("axis", 1));
    }
}
