package dev.foretell.worker.training.search.space;

import dev.foretell.commons.training.Scale;
import dev.foretell.worker.training.learn.Algorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * Makes candidates: at random, by mutation of one parent, or by a mix of two. All chance of a candidate comes from the search's seed
 * and its own number, so that it does not depend on which thread makes it, or when.
 */
public final class Breeder {
    private static final int TRIES = 20;
    private static final double FRESH = 0.15;
    private static final double MIXED = 0.4;
    private static final double STEP = 0.3;
    private static final double RESCALED = 0.2;

    private final SearchSpace space;
    private final long seed;

    public Breeder(SearchSpace space, long seed) {
        this.space = space;
        this.seed = seed;
    }

    /** The seed of a candidate's own chance, of 31 bits so that every JSON reader keeps it. */
    public long seed(int number) {
        return random(number).nextInt() & Integer.MAX_VALUE;
    }

    /** Stafford's mix 13: neighbouring numbers get streams that have nothing in common. */
    private SplittableRandom random(int number) {
        long mixed = seed + (number + 1) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return new SplittableRandom(mixed ^ (mixed >>> 31));
    }

    /**
     * A genome that is new, unless none is found in twenty tries.
     *
     * @param parents the best first; at random where there are none
     */
    public Genome breed(int number, List<Genome> parents, Predicate<Genome> isNew) {
        SplittableRandom random = random(number).split();
        Genome child = draw(parents, random);
        for (int tried = 1; tried < TRIES && !isNew.test(child); tried++) {
            child = tried < TRIES / 2 ? draw(parents, random) : fresh(random);
        }
        return child;
    }

    private Genome draw(List<Genome> parents, SplittableRandom random) {
        double chance = random.nextDouble();
        if (parents.isEmpty() || chance < FRESH) {
            return fresh(random);
        }
        Genome parent = parent(parents, random);
        return mutate(chance < FRESH + MIXED ? mix(parent, parent(parents, random), random) : parent, random);
    }

    /** The better of two drawn at random. */
    private static Genome parent(List<Genome> parents, SplittableRandom random) {
        return parents.get(Math.min(random.nextInt(parents.size()), random.nextInt(parents.size())));
    }

    private Genome fresh(SplittableRandom random) {
        Algorithm algorithm =
                space.algorithms().get(random.nextInt(space.algorithms().size()));
        Scale scale = scale(algorithm, random);
        double features = random.nextDouble();
        return new Genome(
                algorithm,
                scale,
                features,
                Genes.of(algorithm).stream().map(gene -> random.nextDouble()).toList());
    }

    private static Scale scale(Algorithm algorithm, SplittableRandom random) {
        List<Scale> scales = SearchSpace.scales(algorithm);
        return scales.get(random.nextInt(scales.size()));
    }

    /** Each part from one of the two; of another algorithm only the share of features. */
    private static Genome mix(Genome one, Genome other, SplittableRandom random) {
        double features = random.nextBoolean() ? one.features() : other.features();
        if (one.algorithm() != other.algorithm()) {
            return new Genome(one.algorithm(), one.scale(), features, one.places());
        }
        List<Double> places = new ArrayList<>();
        for (int i = 0; i < one.places().size(); i++) {
            places.add((random.nextBoolean() ? one : other).places().get(i));
        }
        return new Genome(one.algorithm(), random.nextBoolean() ? one.scale() : other.scale(), features, places);
    }

    /** Each place moves with an even chance, mostly by a little. */
    private static Genome mutate(Genome genome, SplittableRandom random) {
        Scale scale = random.nextDouble() < RESCALED ? scale(genome.algorithm(), random) : genome.scale();
        double features = random.nextInt(3) == 0 ? move(genome.features(), random) : genome.features();
        List<Double> places = genome.places().stream()
                .map(place -> random.nextBoolean() ? move(place, random) : place)
                .toList();
        return new Genome(genome.algorithm(), scale, features, places);
    }

    /** By a step whose three parts make small ones likely; at the ends it stops. */
    private static double move(double place, SplittableRandom random) {
        double step = random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5;
        return Math.max(0, Math.min(1, place + STEP * step));
    }
}
