package dev.foretell.router.balance;

/**
 * The better of two candidates drawn at random by weight. Better is the lower expected wait,
 * {@code latency * (inFlight + 1) / weight}; while a latency is unknown, the lower {@code (inFlight + 1) / weight}.
 *
 * <p>Source: Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing" (2001); the cost is Finagle's EWMA one.
 */
record PowerOfTwoChoices(RandomBits random) implements Policy {
    @Override
    public int choose(Candidates<?> candidates, long key) {
        if (candidates.size() == 1) {
            return 0;
        }
        int one = candidates.at(random.below(candidates.totalWeight()));
        int two = other(candidates, one);
        return better(candidates.get(two), candidates.get(one)) ? two : one;
    }

    /** A second candidate by weight, among all but the first. */
    private int other(Candidates<?> candidates, int one) {
        long rest = candidates.totalWeight() - candidates.get(one).weight();
        long point = random.below(rest);
        long before = one == 0 ? 0 : candidates.cumulativeWeight(one - 1);
        return candidates.at(
                point < before ? point : point + candidates.get(one).weight());
    }

    private static boolean better(Candidate a, Candidate b) {
        boolean known = a.latencyNanos() > 0 && b.latencyNanos() > 0;
        return cost(a, known) < cost(b, known);
    }

    private static double cost(Candidate candidate, boolean latencyKnown) {
        return (latencyKnown ? candidate.latencyNanos() : 1.0) * (candidate.inFlight() + 1) / candidate.weight();
    }
}
