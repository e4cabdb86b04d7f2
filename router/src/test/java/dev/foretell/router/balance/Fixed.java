package dev.foretell.router.balance;

import java.util.stream.IntStream;

/** A candidate with values that stay. */
record Fixed(int inFlight, double latencyNanos, int weight, long identity) implements Candidate {
    static Fixed weighing(int weight) {
        return new Fixed(0, 0, weight, weight);
    }

    /** Idle candidates of weight 1. */
    static Candidates<Fixed> alike(int count) {
        return new Candidates<>(IntStream.range(0, count)
                .mapToObj(i -> new Fixed(0, 0, 1, 1000L + i))
                .toList());
    }

    static Candidates<Fixed> weighted(int... weights) {
        return new Candidates<>(IntStream.range(0, weights.length)
                .mapToObj(i -> new Fixed(0, 0, weights[i], 1000L + i))
                .toList());
    }
}
