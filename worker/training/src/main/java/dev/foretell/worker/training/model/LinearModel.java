package dev.foretell.worker.training.model;

import dev.foretell.worker.training.onnx.OnnxGraph;
import dev.foretell.worker.training.onnx.OnnxNode;

/** Weighted sums of a row's numbers; {@code weights} has a row for each score. */
public record LinearModel(double[][] weights, double[] intercepts, Link link) implements Model {
    @Override
    public double[] scores(double[] row) {
        double[] scores = new double[weights.length];
        for (int i = 0; i < scores.length; i++) {
            double sum = 0;
            for (int j = 0; j < row.length; j++) {
                sum += weights[i][j] * row[j];
            }
            scores[i] = sum + intercepts[i];
        }
        return scores;
    }

    @Override
    public String exportScores(OnnxGraph graph, String rows) {
        String sums = graph.add(OnnxNode.of("MatMul", rows, graph.matrix(transpose(), weights.length)));
        return graph.add(OnnxNode.of("Add", sums, graph.doubles(intercepts, 1, intercepts.length)));
    }

    private double[][] transpose() {
        double[][] transposed = new double[weights[0].length][weights.length];
        for (int i = 0; i < weights.length; i++) {
            for (int j = 0; j < weights[i].length; j++) {
                transposed[j][i] = weights[i][j];
            }
        }
        return transposed;
    }
}
