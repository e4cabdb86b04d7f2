package dev.foretell.router.balance;

import java.util.concurrent.ThreadLocalRandom;

/** The source of randomness for policies; tests pass a seeded one. */
@FunctionalInterface
public interface RandomBits {
    RandomBits PER_THREAD = bound -> ThreadLocalRandom.current().nextLong(bound);

    /** A uniformly distributed number from 0 (inclusive) to {@code bound} (exclusive). */
    long below(long bound);
}
