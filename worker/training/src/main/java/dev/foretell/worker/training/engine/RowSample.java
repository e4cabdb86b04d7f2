package dev.foretell.worker.training.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Rows drawn evenly from all that are read, up to a bound; all of them if there are fewer. */
final class RowSample {
    private final int most;
    private final SplittableRandom random;
    private final List<double[]> rows = new ArrayList<>();
    private long passed;

    RowSample(int most, long seed) {
        this.most = most;
        this.random = new SplittableRandom(seed);
    }

    void offer(double[] row) {
        passed++;
        if (rows.size() < most) {
            rows.add(row.clone());
            return;
        }
        long place = random.nextLong(passed);
        if (place < most) {
            rows.set((int) place, row.clone());
        }
    }

    List<double[]> rows() {
        return rows;
    }

    /** How many rows it is drawn from. */
    long rowCount() {
        return passed;
    }
}
