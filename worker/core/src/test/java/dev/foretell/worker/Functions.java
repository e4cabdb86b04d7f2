package dev.foretell.worker;

import dev.foretell.worker.function.Answer;
import dev.foretell.worker.function.Default;
import dev.foretell.worker.function.Doc;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Functions of every kind, for the tests to call. */
public final class Functions {
    public enum Colour {
        RED,
        GREEN
    }

    public record Petal(double length, double width, Optional<String> note) {
        public Petal {
            if (length < 0) {
                throw new IllegalArgumentException("length must not be negative");
            }
        }
    }

    private Functions() {}

    @Doc("nth Fibonacci number")
    public static long predict(int n) {
        if (n < 0) {
            throw new IllegalArgumentException("n must not be negative");
        }
        return n < 2 ? 1 : predict(n - 1) + predict(n - 2);
    }

    public static long add(long a, @Default("10") long b) {
        return a + b;
    }

    public static double area(Petal petal) {
        return petal.length() * petal.width();
    }

    public static int sum(List<Integer> xs) {
        return xs.stream().mapToInt(Integer::intValue).sum();
    }

    public static String kinds(
            String text, Colour colour, boolean flag, BigDecimal exact, Map<String, Integer> counts, int[] array) {
        return text + colour + flag + exact + counts + array.length;
    }

    public static String greet(Optional<String> name) {
        return "hello " + name.orElse("you");
    }

    public static BigInteger big(BigInteger x) {
        return x.add(BigInteger.ONE);
    }

    public static @Nullable String nothing() {
        return null;
    }

    public static double ratio(double a, double b) {
        return a / b;
    }

    public static float half(float x) {
        return x / 2;
    }

    public static float[] halves(float[] xs) {
        float[] halves = new float[xs.length];
        for (int i = 0; i < xs.length; i++) {
            halves[i] = xs[i] / 2;
        }
        return halves;
    }

    public static @Nullable Object same(@Nullable Object x) {
        return x;
    }

    public static Map<String, Double> extremes() {
        return new TreeMap<>(
                Map.of("high", Double.POSITIVE_INFINITY, "low", Double.NEGATIVE_INFINITY, "mean", Double.NaN));
    }

    public static Answer teapot() {
        return Answer.of(418, Map.of("short", "stout")).header("X-Handle", "here");
    }

    public static Answer page() {
        return Answer.of(200, "<p>hi</p>").header("Content-Type", "text/html");
    }

    public static CompletionStage<Integer> later(int n) {
        return CompletableFuture.supplyAsync(() -> n + 1);
    }

    public static byte[] bytes() {
        return new byte[] {1, 2, 3};
    }

    public static InputStream stream(int size) {
        return new ByteArrayInputStream(new byte[size]);
    }

    public static int sizes(byte[] raw, InputStream stream, Path file, int times) throws IOException {
        return (raw.length + stream.readAllBytes().length + (int) Files.size(file)) * times;
    }

    public static String text(String note) {
        return note.getBytes(StandardCharsets.UTF_8).length + ":" + note;
    }

    public static int overflow(int n) {
        return n == Integer.MIN_VALUE ? 0 : overflow(n + 1) + 1;
    }
}
