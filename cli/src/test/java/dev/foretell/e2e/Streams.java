package dev.foretell.e2e;

import java.util.stream.Stream;

/** Functions that stream, and one that takes much. */
public final class Streams {
    private static final String KILOBYTE = "x".repeat(1021);

    private Streams() {}

    /** Each item a second after the one before. */
    public static Stream<Integer> slowly(int n) {
        return Stream.iterate(1, i -> i <= n, i -> i + 1).peek(Streams::pause);
    }

    private static void pause(int item) {
        try {
            Thread.sleep(item == 1 ? 0 : 1000);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As many lines of a kilobyte. */
    public static Stream<String> kilobytes(int n) {
        return Stream.generate(() -> KILOBYTE).limit(n);
    }

    public static Stream<Integer> breaking() {
        return Stream.of(1, 2, 0).map(n -> 10 / n);
    }

    public static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
