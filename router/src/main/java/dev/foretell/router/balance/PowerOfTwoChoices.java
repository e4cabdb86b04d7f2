package dev.foretell.router.balance;

/**
 * Draws two candidates at random by weight and picks the better one: the one with a much lower expected wait, {@code
 * latency * (1 + inFlight / weight)}, where weights are scaled to a mean of 1. If both are about equal, or a latency is
 * unknown, it picks the one with fewer calls in flight for its weight. If both are idle, it picks the first one, so
 * that weights hold at low load too. It adds a millisecond to each latency, because much smaller differences are noise.
 *
 * <p>Source: Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing" (2001); the cost function is
 * Finagle's EWMA.
 */
record PowerOfTwoChoices(RandomBits random) implements Policy {
    private static final double NOISE_NANOS = 1e6;
    private static final double MUCH = 1.5;

    @Override
    public int choose(Candidates<?> candidates, long key) {
        if (candidates.size() == 1) {
            return 0;
        }
        int one = candidates.at(random.below(candidates.totalWeight()));
        int two = other(candidates, one);
        return isBetter(candidates, two, one) ? two : one;
    }

    /** The expected wait in milliseconds; an unknown latency counts as 0. */
    @Override
    public double score(Candidates<?> candidates, int index, long key) {
        return (candidates.get(index).latencyNanos() + NOISE_NANOS) * load(candidates, index) / NOISE_NANOS;
    }

    /** Draws a second candidate by weight among all others. */
    private int other(Candidates<?> candidates, int one) {
        long point = random.below(candidates.totalWeight() - candidates.weight(one));
        return candidates.at(point < candidates.weightBefore(one) ? point : point + candidates.weight(one));
    }

    private static boolean isBetter(Candidates<?> candidates, int a, int b) {
        double loadA = load(candidates, a);
        double loadB = load(candidates, b);
        double latencyA = candidates.get(a).latencyNanos();
        double latencyB = candidates.get(b).latencyNanos();
        if (latencyA > 0 && latencyB > 0) {
            double waitA = (latencyA + NOISE_NANOS) * loadA;
            double waitB = (latencyB + NOISE_NANOS) * loadB;
            if (waitA * MUCH < waitB || waitB * MUCH < waitA) {
                return waitA < waitB;
            }
        }
        return loadA < loadB;
    }

    private static double load(Candidates<?> candidates, int index) {
        double meanWeight = (double) candidates.totalWeight() / candidates.size();
        return 1 + candidates.get(index).inFlight() * meanWeight / candidates.weight(index);
    }
}
