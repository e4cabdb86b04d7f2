package dev.foretell.router.balance;

/** A load-balancing algorithm: which candidate takes the next call. Thread-safe, never blocks. */
public interface Policy {
    /**
     * Chooses a candidate.
     *
     * @param key stands for what the call is about; calls with equal keys belong together where the policy cares
     * @return its index
     */
    int choose(Candidates<?> candidates, long key);

    /**
     * How it stands with a candidate, lower is better: what the policy itself compares or, where it compares nothing, how many
     * calls there are to one of the candidate's. Changes nothing.
     */
    default double score(Candidates<?> candidates, int index, long key) {
        return (double) candidates.totalWeight() / candidates.weight(index);
    }

    /** Whether the key matters; where it does not, callers need not work one out. */
    default boolean isKeyed() {
        return false;
    }
}
