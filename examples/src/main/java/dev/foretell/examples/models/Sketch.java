package dev.foretell.examples.models;

import java.util.Random;

/** One way of writing a digit on paper: where, how large, how slanted, how bold, how dark, how grainy. */
record Sketch(int digit, Place place, Slant slant, Ink ink) {
    private static final double EDGE = 4;

    /**
     * Where it stands, and how large.
     *
     * @param across from the middle, as a share of the side
     * @param down likewise
     * @param height of the digit, as a share of the side
     * @param wide as a multiple of the font's
     */
    record Place(double across, double down, double height, double wide) {
        private static Place draw(Random random) {
            return new Place(
                    between(random, -0.1, 0.1),
                    between(random, -0.08, 0.08),
                    between(random, 0.55, 0.85),
                    between(random, 0.8, 1.2));
        }
    }

    /**
     * How it leans.
     *
     * @param lean how far it goes left for each step down
     * @param rise how far it goes up for each step to the right
     */
    record Slant(double lean, double rise) {
        private static Slant draw(Random random) {
            return new Slant(between(random, -0.25, 0.25), between(random, -0.12, 0.12));
        }
    }

    /**
     * Pen and paper.
     *
     * @param bold from 0.5 to 0.75
     * @param paper from 0 to 1, its brightness
     * @param dark from 0 to 1, the ink's
     */
    record Ink(double bold, double paper, double dark, double grain) {
        private static Ink draw(Random random) {
            return new Ink(
                    between(random, 0.5, 0.75),
                    between(random, 0.75, 1),
                    between(random, 0, 0.35),
                    between(random, 0, 0.08));
        }
    }

    static Sketch draw(int digit, Random random) {
        return new Sketch(digit, Place.draw(random), Slant.draw(random), Ink.draw(random));
    }

    private static double between(Random random, double from, double to) {
        return from + (to - from) * random.nextDouble();
    }

    /** The brightness of the image in row-major order, from 0 (black) to 1 (white). */
    float[] pixels(int width, int height, Random random) {
        float[] pixels = new float[width * height];
        for (int i = 0; i < pixels.length; i++) {
            double cover = cover(i % width, i / width, width, height);
            double brightness = ink.paper() + cover * (ink.dark() - ink.paper()) + ink.grain() * random.nextGaussian();
            pixels[i] = (float) Math.max(0, Math.min(1, brightness));
        }
        return pixels;
    }

    /** The mean of four places in a pixel. */
    private double cover(int x, int y, int width, int height) {
        double side = Math.min(width, height);
        double cover = 0;
        for (int part = 0; part < 4; part++) {
            double u = (x + 0.25 + 0.5 * (part % 2) - width / 2.0) / side - place.across();
            double v = (y + 0.25 + 0.5 * (part >> 1) - height / 2.0) / side - place.down();
            cover += coverAt(u, v) / 4;
        }
        return cover;
    }

    private double coverAt(double u, double v) {
        double point = place.height() / Digit.HEIGHT;
        double x = (u + slant.lean() * v) / (point * place.wide()) + Digit.WIDTH / 2.0;
        double y = (v + slant.rise() * u) / point + Digit.HEIGHT / 2.0;
        return Math.max(0, Math.min(1, (Digit.ink(digit, x, y) - (1 - ink.bold())) * EDGE + 0.5));
    }
}
