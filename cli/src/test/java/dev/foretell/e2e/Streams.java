package dev.foretell.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Functions that stream, and one that takes much. */
public final class Streams {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int MAX_LOOKS = 3_000;

    private static final String KILOBYTE = "x".repeat(1021);

    private Streams() {}

    /** One item, and another once there is a file of that name; not for ever. */
    public static Stream<Integer> gated(String file) {
        return Stream.of(1, 2).peek(item -> awaitFile(item, Path.of(file)));
    }

    private static void awaitFile(int item, Path file) {
        for (int looks = 0; item > 1 && looks < MAX_LOOKS && !Files.exists(file); looks++) {
            LockSupport.parkNanos(LOOK_NANOS);
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
