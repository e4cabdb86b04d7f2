package dev.foretell.router.balance;

/**
 * Picks the same candidate for the same key while that candidate exists. When a candidate leaves, only its keys move.
 * Keys are distributed by weight.
 *
 * <p>Source: Thaler and Ravishankar, "Using Name-Based Mappings to Increase Hit Rates" (1998), weighted as {@code
 * -weight / ln(hash)}.
 */
record RendezvousHash() implements Policy {
    @Override
    public int choose(Candidates<?> candidates, long key) {
        int best = 0;
        double highest = -1;
        for (int i = 0; i < candidates.size(); i++) {
            double score = score(candidates.get(i), candidates.weight(i), key);
            if (score > highest) {
                highest = score;
                best = i;
            }
        }
        return best;
    }

    /** Negated, because the candidate with the highest hash takes the call. */
    @Override
    public double score(Candidates<?> candidates, int index, long key) {
        return 1 / score(candidates.get(index), candidates.weight(index), key);
    }

    @Override
    public boolean isKeyed() {
        return true;
    }

    private static double score(Candidate candidate, long weight, long key) {
        return -weight / Math.log(SplitMix64.unit(key ^ SplitMix64.mix(candidate.identity())));
    }
}
