package dev.foretell.worker.training.model;

import dev.foretell.worker.training.onnx.OnnxGraph;
import dev.foretell.worker.training.onnx.OnnxNode;

/** What makes answers of a model's scores. It never changes which score is the largest. */
public enum Link {
    /** Scores are the answers. */
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
    /** Scores are logarithms of what the probabilities are in proportion to. */
    SOFTMAX {
        @Override
        double[] answers(double[] scores) {
            double largest = scores[Model.largest(scores)];
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

    /** Probabilities, or the number predicted. */
    abstract double[] answers(double[] scores);

    abstract String export(OnnxGraph graph, String scores);
}
