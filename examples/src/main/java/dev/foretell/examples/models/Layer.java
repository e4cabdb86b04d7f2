package dev.foretell.examples.models;

import java.util.Random;

/** A layer of neurons, each with a weight per input and a bias. */
final class Layer {
    private final float[][] weights;
    private final float[] biases;

    Layer(int inputs, int neurons, Random random) {
        weights = new float[neurons][inputs];
        biases = new float[neurons];
        double spread = Math.sqrt(2.0 / inputs);
        for (float[] row : weights) {
            for (int i = 0; i < inputs; i++) {
                row[i] = (float) (spread * random.nextGaussian());
            }
        }
    }

    float[] apply(float[] inputs) {
        float[] out = new float[biases.length];
        for (int n = 0; n < out.length; n++) {
            float[] row = weights[n];
            float sum = biases[n];
            for (int i = 0; i < row.length; i++) {
                sum += row[i] * inputs[i];
            }
            out[n] = sum;
        }
        return out;
    }

    /** The contribution of each input to an error of the outputs. */
    float[] blame(float[] error) {
        float[] blame = new float[weights[0].length];
        for (int n = 0; n < error.length; n++) {
            for (int i = 0; i < blame.length; i++) {
                blame[i] += weights[n][i] * error[n];
            }
        }
        return blame;
    }

    void learn(float[] inputs, float[] error, float rate) {
        for (int n = 0; n < error.length; n++) {
            float step = rate * error[n];
            if (step != 0) {
                float[] row = weights[n];
                for (int i = 0; i < row.length; i++) {
                    row[i] -= step * inputs[i];
                }
                biases[n] -= step;
            }
        }
    }

    /** All weights, neuron by neuron. */
    float[] weights() {
        float[] all = new float[weights.length * weights[0].length];
        for (int n = 0; n < weights.length; n++) {
            System.arraycopy(weights[n], 0, all, n * weights[n].length, weights[n].length);
        }
        return all;
    }

    float[] biases() {
        return biases.clone();
    }
}
