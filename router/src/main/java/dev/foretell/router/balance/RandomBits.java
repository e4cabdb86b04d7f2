package dev.foretell.router.balance;

import java.util.concurrent.ThreadLocalRandom;

/** Where policies get their randomness from; tests give them a seeded one. */
@FunctionalInterface
public interface RandomBits {
    RandomBits PER_THREAD = bound -> ThreadLocalRandom.current().nextLong(bound);

    /** A number from 0 to below {@code bound}, each as likely. */
    long below(long bound);
}
