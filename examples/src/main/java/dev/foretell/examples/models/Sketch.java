package dev.foretell.examples.models;

import java.util.Random;

/**
 * One way of writing a digit on paper: position, size, slant, boldness, darkness and grain.
 *
 * @param across from the centre, as a share of the side
 * @param down likewise
 * @param height of the digit, as a share of the side
 * @param wide as a multiple of the font's width
 * @param lean the shift to the left per step down
 * @param rise the shift up per step to the right
 * @param bold from 0.5 to 0.75
 * @param paper the brightness of the paper, from 0 to 1
 * @param dark the darkness of the ink, from 0 to 1
 */
record Sketch(
        int digit,
        double across,
        double down,
        double height,
        double wide,
        double lean,
        double rise,
        double bold,
        double paper,
        double dark,
        double grain) {
    private static final double EDGE = 4;

    static Sketch draw(int digit, Random random) {
        return new Sketch(
                digit,
                between(random, -0.1, 0.1),
                between(random, -0.08, 0.08),
                between(random, 0.55, 0.85),
                between(random, 0.8, 1.2),
                between(random, -0.25, 0.25),
                between(random, -0.12, 0.12),
                between(random, 0.5, 0.75),
                between(random, 0.75, 1),
                between(random, 0, 0.35),
                between(random, 0, 0.08));
    }

    private static double between(Random random, double from, double to) {
        return from + (to - from) * random.nextDouble();
    }

    /** The brightness of the image in row-major order, from 0 (black) to 1 (white). */
    float[] pixels(int width, int height, Random random) {
        float[] pixels = new float[width * height];
        for (int i = 0; i < pixels.length; i++) {
            double ink = inkOf(i % width, i / width, width, height);
            double brightness = paper + ink * (dark - paper) + grain * random.nextGaussian();
            pixels[i] = (float) Math.max(0, Math.min(1, brightness));
        }
        return pixels;
    }

    /** The mean of four positions in a pixel. */
    private double inkOf(int x, int y, int width, int height) {
        double side = Math.min(width, height);
        double ink = 0;
        for (int part = 0; part < 4; part++) {
            double u = (x + 0.25 + 0.5 * (part % 2) - width / 2.0) / side - across;
            double v = (y + 0.25 + 0.5 * (part >> 1) - height / 2.0) / side - down;
            ink += inkAt(u, v) / 4;
        }
        return ink;
    }

    private double inkAt(double u, double v) {
        double point = height / Digit.HEIGHT;
        double x = (u + lean * v) / (point * wide) + Digit.WIDTH / 2.0;
        double y = (v + rise * u) / point + Digit.HEIGHT / 2.0;
        return Math.max(0, Math.min(1, (Digit.ink(digit, x, y) - (1 - bold)) * EDGE + 0.5));
    }
}
