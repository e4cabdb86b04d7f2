package dev.foretell.worker.training.model;

import dev.foretell.worker.training.onnx.OnnxGraph;

/**
 * A trained model. It reads encoded rows, in which no number is missing. Its scores are one number per class, or the predicted
 * number; the label is the class with the largest score, or the first of equal ones. Immutable.
 */
public sealed interface Model permits TreeModel, LinearModel, NeighbourModel {
    double[] scores(double[] row);

    Link link();

    /** Adds nodes that compute the scores as doubles. Returns the name of the scores. */
    String exportScores(OnnxGraph graph, String rows);

    /** The probabilities, or the predicted number. */
    default double[] answers(double[] scores) {
        return link().answers(scores);
    }

    /** Adds the same computation as nodes. */
    default String exportAnswers(OnnxGraph graph, String scores) {
        return link().export(graph, scores);
    }
}
