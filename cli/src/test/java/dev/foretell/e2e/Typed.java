package dev.foretell.e2e;

import java.util.Arrays;

/** Functions of several types. */
public final class Typed {
    private Typed() {}

    /** What a text is like. */
    public record Likeness(int length, boolean shouted) {}

    public static double mean(double[] xs) {
        return Arrays.stream(xs).average().orElseThrow();
    }

    public static Likeness look(String text) {
        return new Likeness(text.length(), text.endsWith("!"));
    }

    public static long product(long a, int b) {
        return Math.multiplyExact(a, b);
    }
}
