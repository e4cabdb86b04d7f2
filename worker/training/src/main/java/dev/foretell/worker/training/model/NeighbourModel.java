package dev.foretell.worker.training.model;

import dev.foretell.worker.training.onnx.OnnxGraph;
import dev.foretell.worker.training.onnx.OnnxNode;
import java.util.Arrays;

/**
 * Predicts the mean of the nearest known rows. Standardised numbers are rounded to multiples of 1/2048 between -128 and 128. So
 * distances are whole numbers, their sums are exact in any order, and only their order separates rows at equal distance, here
 * and in ONNX Runtime.
 */
public final class NeighbourModel implements Model {
    private static final double STEPS = 2048;
    private static final double FURTHEST = 128;

    private final double[][] points;
    private final double[] squares;
    private final double[][] outputs;
    private final int neighbours;

    /**
     * @param rows standardised
     * @param outputs the target of each row as scores
     * @param neighbours at most the number of rows
     */
    public NeighbourModel(double[][] rows, double[][] outputs, int neighbours) {
        this.points = Arrays.stream(rows).map(NeighbourModel::steps).toArray(double[][]::new);
        this.squares = Arrays.stream(points)
                .mapToDouble(point -> product(point, point))
                .toArray();
        this.outputs = outputs.clone();
        this.neighbours = Math.min(neighbours, rows.length);
    }

    @Override
    public Link link() {
        return Link.IDENTITY;
    }

    @Override
    public double[] scores(double[] row) {
        double[] mean = new double[outputs[0].length];
        for (int index : nearest(steps(row))) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += outputs[index][i];
            }
        }
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= neighbours;
        }
        return mean;
    }

    /** The nearest rows, by distance and then by order. */
    private int[] nearest(double[] row) {
        int[] nearest = new int[neighbours];
        double[] distances = new double[neighbours];
        int found = 0;
        for (int i = 0; i < points.length; i++) {
            double distance = squares[i] - 2 * product(points[i], row);
            if (found < neighbours) {
                found++;
            } else if (distance >= distances[found - 1]) {
                continue;
            }
            int place = found - 1;
            for (; place > 0 && distances[place - 1] > distance; place--) {
                distances[place] = distances[place - 1];
                nearest[place] = nearest[place - 1];
            }
            distances[place] = distance;
            nearest[place] = i;
        }
        return nearest;
    }

    private static double[] steps(double[] row) {
        return Arrays.stream(row)
                .map(value -> Math.rint(Math.max(-FURTHEST, Math.min(FURTHEST, value)) * STEPS))
                .toArray();
    }

    private static double product(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    @Override
    public String exportScores(OnnxGraph graph, String rows) {
        String clipped = graph.add(OnnxNode.of("Clip", rows, graph.number(-FURTHEST), graph.number(FURTHEST)));
        String scaled = graph.add(OnnxNode.of("Mul", clipped, graph.number(STEPS)));
        String steps = graph.add(OnnxNode.of("Round", scaled));
        String products = graph.add(OnnxNode.of("MatMul", steps, graph.matrix(doubleColumns(), points.length)));
        String distances = graph.add(OnnxNode.of("Add", products, graph.doubles(squares, 1, squares.length)));
        String nearest = exportNearest(graph, distances);
        String found = graph.add(OnnxNode.of("Gather", graph.matrix(outputs, outputs[0].length), nearest)
                .with("axis", 0));
        return graph.add(OnnxNode.of("ReduceMean", found).withInts("axes", 1).with("keepdims", 0));
    }

    private String exportNearest(OnnxGraph graph, String distances) {
        OnnxNode node = OnnxNode.of("TopK", distances, graph.longs(neighbours))
                .with("axis", 1)
                .with("largest", 0)
                .with("sorted", 1);
        return graph.addSecond(node);
    }

    /** Each point as a column, times minus two. */
    private double[][] doubleColumns() {
        double[][] columns = new double[points[0].length][points.length];
        for (int i = 0; i < points.length; i++) {
            for (int j = 0; j < points[i].length; j++) {
                columns[j][i] = -2 * points[i][j];
            }
        }
        return columns;
    }
}
