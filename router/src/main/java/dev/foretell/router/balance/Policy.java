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

    /** Whether the key matters; where it does not, callers need not work one out. */
    default boolean isKeyed() {
        return false;
    }
}
