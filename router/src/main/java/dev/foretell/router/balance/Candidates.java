package dev.foretell.router.balance;

import java.util.List;
import java.util.stream.LongStream;

/**
 * The endpoints that a policy chooses among, with a snapshot of their weights, reduced to lowest terms and summed up.
 * Immutable; at least one candidate.
 */
public final class Candidates<C extends Candidate> {
    private final List<C> all;
    private final long[] cumulative;

    public Candidates(List<C> all) {
        if (all.isEmpty()) {
            throw new IllegalArgumentException("no candidates");
        }
        this.all = List.copyOf(all);
        this.cumulative = this.all.stream().mapToLong(Candidate::weight).toArray();
        long divisor = LongStream.of(cumulative).reduce(0, Candidates::gcd);
        long sum = 0;
        for (int i = 0; i < cumulative.length; i++) {
            sum += cumulative[i] / divisor;
            cumulative[i] = sum;
        }
    }

    static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    public int size() {
        return cumulative.length;
    }

    public C get(int index) {
        return all.get(index);
    }

    public List<C> asList() {
        return all;
    }

    public long totalWeight() {
        return cumulative[cumulative.length - 1];
    }

    long weight(int index) {
        return cumulative[index] - weightBefore(index);
    }

    /** The sum of the weights of the previous candidates. */
    long weightBefore(int index) {
        return index == 0 ? 0 : cumulative[index - 1];
    }

    /** The candidate that owns this point of the total weight, {@code 0 <= point < totalWeight()}. */
    int at(long point) {
        int low = 0;
        int high = cumulative.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (point < cumulative[middle]) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
