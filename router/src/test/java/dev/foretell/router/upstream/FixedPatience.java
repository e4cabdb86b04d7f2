package dev.foretell.router.upstream;

/** Patience with calls that does not depend on how fast any were. */
record FixedPatience(long patienceNanos, long unaskedNanos) implements Patience {
    static final FixedPatience ENDLESS = new FixedPatience(-1, Long.MAX_VALUE);
}
