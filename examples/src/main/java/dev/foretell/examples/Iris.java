package dev.foretell.examples;

import dev.foretell.worker.function.Doc;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Classifies iris flowers by the nearest centroid: the mean of the flowers of each species. It learns from the 150
 * flowers of {@code iris.csv} when it is created, and is immutable after that.
 */
public final class Iris {
    /** The species of a flower, and its distance in cm to the mean of each species. */
    public record Classification(String species, Map<String, Double> distances) {
        public Classification {
            distances = Collections.unmodifiableMap(new TreeMap<>(distances));
        }
    }

    /** One flower of the file with its four measures in cm. */
    public record Flower(String species, double[] measures) {
        static Flower parse(String line) {
            String[] cells = line.split(",");
            double[] measures =
                    Arrays.stream(cells, 0, 4).mapToDouble(Double::parseDouble).toArray();
            return new Flower(cells[4], measures);
        }
    }

    private final Map<String, double[]> centroids;

    public Iris() {
        centroids = read().stream()
                .collect(Collectors.groupingBy(
                        Flower::species, TreeMap::new, Collectors.collectingAndThen(Collectors.toList(), Iris::mean)));
    }

    @Doc("species of an iris flower, by its measures in cm")
    public Classification classify(double sepalLength, double sepalWidth, double petalLength, double petalWidth) {
        double[] flower = {sepalLength, sepalWidth, petalLength, petalWidth};
        Map<String, Double> distances = new TreeMap<>();
        centroids.forEach((species, centroid) -> distances.put(species, distance(flower, centroid)));
        String nearest = Collections.min(distances.entrySet(), Comparator.comparing(Map.Entry::getValue))
                .getKey();
        return new Classification(nearest, distances);
    }

    private static double[] mean(List<Flower> flowers) {
        double[] mean = new double[4];
        for (Flower flower : flowers) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += flower.measures()[i] / flowers.size();
            }
        }
        return mean;
    }

    static double distance(double[] a, double[] b) {
        double squares = 0;
        for (int i = 0; i < a.length; i++) {
            squares += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(squares);
    }

    /** The flowers of {@code iris.csv}. */
    public static List<Flower> read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Iris.class.getResourceAsStream("/iris.csv")), StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(Flower::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
