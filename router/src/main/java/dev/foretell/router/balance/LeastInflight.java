package dev.foretell.router.balance;

/** The candidate with the fewest calls in flight for its weight; among equals, any. */
record LeastInflight(RandomBits random) implements Policy {
    @Override
    public int choose(Candidates<?> candidates, long key) {
        int size = candidates.size();
        int start = (int) random.below(size);
        int best = start;
        for (int i = 1; i < size; i++) {
            int next = (start + i) % size;
            if (load(candidates.get(next)) < load(candidates.get(best))) {
                best = next;
            }
        }
        return best;
    }

    private static double load(Candidate candidate) {
        return (candidate.inFlight() + 1.0) / candidate.weight();
    }
}
