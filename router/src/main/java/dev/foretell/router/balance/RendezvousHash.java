package dev.foretell.router.balance;

/**
 * The same candidate for the same key as long as it is there; when one leaves, only its keys move. Keys are shared out by
 * weight.
 *
 * <p>Source: Thaler and Ravishankar, "Using Name-Based Mappings to Increase Hit Rates" (1998), weighted as
 * {@code -weight / ln(hash)}.
 */
record RendezvousHash() implements Policy {
    private static final double UNIT = 0x1.0p-53;

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

    /** The other way round, since the highest takes the call. */
    @Override
    public double score(Candidates<?> candidates, int index, long key) {
        return 1 / score(candidates.get(index), candidates.weight(index), key);
    }

    @Override
    public boolean isKeyed() {
        return true;
    }

    private static double score(Candidate candidate, long weight, long key) {
        double uniform = ((mix(key ^ mix(candidate.identity())) >>> 11) + 0.5) * UNIT;
        return -weight / Math.log(uniform);
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
        return b ^ (b >>> 31);
    }
}
