package dev.foretell.router.balance;

/** A load-balancing algorithm: which candidate takes the next call. Thread-safe, never blocks. */
@FunctionalInterface
public interface Policy {
    /**
     * Chooses a candidate.
     *
     * @param key stands for what the call is about; calls with equal keys belong together where the policy cares
     * @return its index
     */
    int choose(Candidates<?> candidates, long key);
}
