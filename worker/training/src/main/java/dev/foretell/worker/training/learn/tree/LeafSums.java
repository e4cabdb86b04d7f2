package dev.foretell.worker.training.learn.tree;

import java.util.function.IntToDoubleFunction;

/** Sums over the rows of each leaf. */
final class LeafSums {
    private LeafSums() {}

    static double[] of(GrownTree tree, IntToDoubleFunction value) {
        double[] sums = new double[tree.tree().nodes()];
        int[] leaves = tree.leaves();
        for (int row = 0; row < leaves.length; row++) {
            sums[leaves[row]] += value.applyAsDouble(row);
        }
        return sums;
    }

    /** Divides one sum by the other at each leaf; 0 if the divisor is 0. */
    static double[] ratios(double[] above, double[] below) {
        double[] ratios = new double[above.length];
        for (int node = 0; node < ratios.length; node++) {
            ratios[node] = below[node] > 1e-150 ? above[node] / below[node] : 0;
        }
        return ratios;
    }
}
