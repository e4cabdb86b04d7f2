package dev.foretell.router.balance;

/** Picks a random candidate in proportion to the weights. */
record WeightedRandom(RandomBits random) implements Policy {
    @Override
    public int choose(Candidates<?> candidates, long key) {
        return candidates.at(random.below(candidates.totalWeight()));
    }
}
