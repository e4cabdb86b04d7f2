package dev.foretell.router.balance;

/** Picks the candidate with the fewest calls in flight for its weight; ties are broken at random. */
record LeastInflight(RandomBits random) implements Policy {
    @Override
    public int choose(Candidates<?> candidates, long key) {
        int size = candidates.size();
        int start = (int) random.below(size);
        int best = start;
        for (int i = 1; i < size; i++) {
            int next = (start + i) % size;
            if (load(candidates, next) < load(candidates, best)) {
                best = next;
            }
        }
        return best;
    }

    @Override
    public double score(Candidates<?> candidates, int index, long key) {
        return load(candidates, index);
    }

    private static double load(Candidates<?> candidates, int index) {
        return (candidates.get(index).inFlight() + 1.0) / candidates.weight(index);
    }
}
