package dev.foretell.examples.models;

import java.util.Random;

/**
 * Two layers of neurons, the first one rectified; trained row by row with a decreasing rate. Confined to one thread.
 */
final class Network {
    private static final float FIRST_RATE = 0.03f;

    private final Layer hidden;
    private final Layer last;

    Network(int inputs, int neurons, int outputs, Random random) {
        hidden = new Layer(inputs, neurons, random);
        last = new Layer(neurons, outputs, random);
    }

    Layer hidden() {
        return hidden;
    }

    Layer last() {
        return last;
    }

    void learn(float[][] rows, int[] classes, int rounds) {
        for (int round = 0; round < rounds; round++) {
            float rate = FIRST_RATE * (rounds - round) / rounds;
            for (int i = 0; i < rows.length; i++) {
                learn(rows[i], classes[i], rate);
            }
        }
    }

    private void learn(float[] row, int right, float rate) {
        float[] middle = rectify(hidden.apply(row));
        float[] odds = softmax(last.apply(middle));
        odds[right] -= 1;
        float[] blame = last.blame(odds);
        for (int i = 0; i < blame.length; i++) {
            blame[i] = middle[i] > 0 ? blame[i] : 0;
        }
        last.learn(middle, odds, rate);
        hidden.learn(row, blame, rate);
    }

    private static float[] rectify(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(0, values[i]);
        }
        return values;
    }

    private static float[] softmax(float[] scores) {
        double[] exact = new double[scores.length];
        for (int i = 0; i < exact.length; i++) {
            exact[i] = scores[i];
        }
        double[] odds = Softmax.of(exact);
        for (int i = 0; i < odds.length; i++) {
            scores[i] = (float) odds[i];
        }
        return scores;
    }
}
