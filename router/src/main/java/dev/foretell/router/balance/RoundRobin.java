package dev.foretell.router.balance;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Picks the candidates in turn. In {@code totalWeight} calls each candidate gets exactly its weight, interleaved: the
 * turn walks the circle of weights in steps near the golden ratio of its length, which spreads the visits evenly
 * (three-distance theorem).
 */
final class RoundRobin implements Policy {
    private static final double GOLDEN = 0.6180339887498949;

    private final AtomicLong turn = new AtomicLong();

    RoundRobin() {}

    RoundRobin(long firstTurn) {
        turn.set(firstTurn);
    }

    @Override
    public int choose(Candidates<?> candidates, long key) {
        return at(candidates, turn.getAndIncrement());
    }

    /** 0 for the next candidate; for the others, the number of calls per call of theirs. */
    @Override
    public double score(Candidates<?> candidates, int index, long key) {
        return at(candidates, turn.get()) == index ? 0 : Policy.super.score(candidates, index, key);
    }

    private static int at(Candidates<?> candidates, long turn) {
        long total = candidates.totalWeight();
        long point = Math.floorMod(turn, total);
        return candidates.at(total == candidates.size() ? point : point * stride(total) % total);
    }

    /** The number nearest to the golden ratio of the total that is coprime to it, so that every point is visited. */
    private static long stride(long total) {
        long stride = Math.max(1, Math.round(total * GOLDEN));
        while (Candidates.gcd(stride, total) != 1) {
            stride++;
        }
        return stride;
    }
}
