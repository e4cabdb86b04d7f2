package dev.foretell.router.balance;

import java.util.List;

/** The endpoints a policy chooses among, with their weights summed up ahead. Immutable; at least one candidate. */
public final class Candidates<C extends Candidate> {
    private final List<C> all;
    private final long[] cumulative;

    public Candidates(List<C> all) {
        if (all.isEmpty()) {
            throw new IllegalArgumentException("no candidates");
        }
        this.all = List.copyOf(all);
        this.cumulative = new long[this.all.size()];
        long sum = 0;
        for (int i = 0; i < cumulative.length; i++) {
            sum += this.all.get(i).weight();
            cumulative[i] = sum;
        }
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

    /** The weights up to and including this candidate's, summed. */
    long cumulativeWeight(int index) {
        return cumulative[index];
    }

    /** The candidate whose share of the total weight holds this point, {@code 0 <= point < totalWeight()}. */
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
