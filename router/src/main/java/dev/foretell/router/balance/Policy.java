package dev.foretell.router.balance;

/** A load-balancing algorithm: picks the candidate for the next call. Thread-safe; never blocks. */
public interface Policy {
    /**
     * Picks a candidate.
     *
     * @param key derived from the call; keyed policies send calls with equal keys to the same candidate
     * @return the index of the candidate
     */
    int choose(Candidates<?> candidates, long key);

    /**
     * The score of a candidate; lower is better. It is the value that the policy compares, or, for policies without
     * comparison, the number of calls per call of this candidate. Has no side effects.
     */
    default double score(Candidates<?> candidates, int index, long key) {
        return (double) candidates.totalWeight() / candidates.weight(index);
    }

    /** Whether the policy uses the key; if not, callers need not compute one. */
    default boolean isKeyed() {
        return false;
    }
}
