package dev.foretell.examples;

import dev.foretell.worker.function.Batch;
import dev.foretell.worker.function.Doc;
import java.util.Arrays;
import java.util.List;

/**
 * Classifies iris flowers by the most similar known flower. One pass over the known flowers serves many calls.
 * Immutable.
 */
public final class Neighbour {
    private final List<Iris.Flower> known = Iris.read();

    /** The input of one call, in cm: its components are the call's arguments. */
    public record Measures(double sepalLength, double sepalWidth, double petalLength, double petalWidth) {
        private double distance(Iris.Flower flower) {
            return Iris.distance(new double[] {sepalLength, sepalWidth, petalLength, petalWidth}, flower.measures());
        }
    }

    /** The most similar flower so far, and its distance. */
    private record Nearest(String species, double distance) {
        Nearest or(Iris.Flower other, double far) {
            return far < distance ? new Nearest(other.species(), far) : this;
        }
    }

    /** Returns one result per call, in order; a single call is a list of one. */
    @Doc("species of the iris most alike, by its measures in cm")
    @Batch(max = 16)
    public List<String> species(List<Measures> asked) {
        Nearest[] nearest = new Nearest[asked.size()];
        Arrays.fill(nearest, new Nearest("", Double.POSITIVE_INFINITY));
        for (Iris.Flower flower : known) {
            Arrays.setAll(nearest, i -> nearest[i].or(flower, asked.get(i).distance(flower)));
        }
        return Arrays.stream(nearest).map(Nearest::species).toList();
    }
}
