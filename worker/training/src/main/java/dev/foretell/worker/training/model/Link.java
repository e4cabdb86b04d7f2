package dev.foretell.worker.training.model;

import dev.foretell.worker.training.onnx.OnnxGraph;
import dev.foretell.worker.training.onnx.OnnxNode;

/** Converts a model's scores to predictions. The largest score stays the largest. */
public enum Link {
    /** The scores are the predictions. */
    IDENTITY {
        @Override
        double[] answers(double[] scores) {
            return scores;
        }

        @Override
        String export(OnnxGraph graph, String scores) {
            return scores;
        }
    },
    /** The scores are logarithms of unnormalised probabilities (softmax). */
    SOFTMAX {
        @Override
        double[] answers(double[] scores) {
            double largest = scores[Scores.largest(scores)];
            double[] answers = new double[scores.length];
            double sum = 0;
            for (int i = 0; i < scores.length; i++) {
                answers[i] = StrictMath.exp(scores[i] - largest);
                sum += answers[i];
            }
            for (int i = 0; i < scores.length; i++) {
                answers[i] /= sum;
            }
            return answers;
        }

        @Override
        String export(OnnxGraph graph, String scores) {
            return graph.add(OnnxNode.of("Softmax", scores).with("axis", 1));
        }
    };

    /** The probabilities, or the predicted number. */
    abstract double[] answers(double[] scores);

    abstract String export(OnnxGraph graph, String scores);
}
