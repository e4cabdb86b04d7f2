package dev.foretell.examples.models;

import java.util.Random;

/**
 * Written digits with their values.
 *
 * @param pictures brightness from 0 to 1, {@link #SIDE} by {@link #SIDE}, in row-major order
 */
record Digits(float[][] pictures, int[] digits) {
    static final int SIDE = 28;

    static Digits draw(int count, long seed) {
        Random random = new Random(seed);
        float[][] pictures = new float[count][];
        int[] digits = new int[count];
        for (int i = 0; i < count; i++) {
            digits[i] = i % Digit.COUNT;
            pictures[i] = Sketch.draw(digits[i], random).pixels(SIDE, SIDE, random);
        }
        return new Digits(pictures, digits);
    }
}
