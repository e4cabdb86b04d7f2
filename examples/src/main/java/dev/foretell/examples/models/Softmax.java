package dev.foretell.examples.models;

import java.util.Arrays;

/** Converts scores to probabilities; uses StrictMath for the same bits on every machine. */
final class Softmax {
    private Softmax() {}

    static double[] of(double[] scores) {
        double highest = Arrays.stream(scores).max().orElse(0);
        double[] odds = new double[scores.length];
        double sum = 0;
        for (int i = 0; i < odds.length; i++) {
            odds[i] = StrictMath.exp(scores[i] - highest);
            sum += odds[i];
        }
        for (int i = 0; i < odds.length; i++) {
            odds[i] /= sum;
        }
        return odds;
    }
}
