package dev.foretell.router.upstream.connection;

import dev.foretell.router.upstream.pool.Patience;

/** Patience with calls that does not depend on how fast any were. */
record FixedPatience(long patienceNanos, long probeAfterNanos) implements Patience {
    static final FixedPatience ENDLESS = new FixedPatience(-1, Long.MAX_VALUE);
}
