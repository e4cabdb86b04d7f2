package dev.foretell.worker.training.model;

import dev.foretell.worker.training.onnx.OnnxGraph;

/**
 * What an algorithm has learned. A row is encoded: numbers alone, none missing. Scores are one number for each class, or the number
 * predicted; the class with the largest score is the label, the first of equal ones. Immutable.
 */
public sealed interface Model permits TreeModel, LinearModel, NeighbourModel {
    double[] scores(double[] row);

    Link link();

    /** Adds nodes that work out the scores, as doubles; the result is their name. */
    String exportScores(OnnxGraph graph, String rows);

    /** Probabilities, or the number predicted. */
    default double[] answers(double[] scores) {
        return link().answers(scores);
    }

    /** The same as nodes. */
    default String exportAnswers(OnnxGraph graph, String scores) {
        return link().export(graph, scores);
    }

    /** The index of the largest; of equal ones the first. */
    static int largest(double[] scores) {
        int largest = 0;
        for (int i = 1; i < scores.length; i++) {
            if (scores[i] > scores[largest]) {
                largest = i;
            }
        }
        return largest;
    }
}
