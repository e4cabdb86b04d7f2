package dev.foretell.worker.training.model;

import dev.foretell.worker.training.onnx.OnnxGraph;
import java.util.List;

/**
 * A sum over trees. The values of leaves are rounded to multiples of a power of two that make every sum exact in double
 * precision. So the sum is the same in any order, on any number of threads, here and in ONNX Runtime. Its operator rounds the
 * sums to floats at the end, and so does this class.
 */
public final class TreeModel implements Model {
    /** The bits used for a value, of the 53 of a double. */
    private static final int BITS = 50;

    private final List<Tree> trees;
    private final Link link;

    /** @param trees at least one; a leaf's values are what it adds to each score */
    public TreeModel(List<Tree> trees, Link link) {
        double step = step(trees);
        this.trees = trees.stream().map(tree -> round(tree, step)).toList();
        this.link = link;
    }

    private static double step(List<Tree> trees) {
        double largest = Double.MIN_NORMAL;
        for (Tree tree : trees) {
            double most = 0;
            for (int node = 0; node < tree.nodes(); node++) {
                most = Math.max(most, tree.isLeaf(node) ? largestOf(tree.values()[node]) : 0);
            }
            largest += most;
        }
        return Math.scalb(1.0, Math.max(Double.MIN_EXPONENT, Math.getExponent(largest) + 1 - BITS));
    }

    private static double largestOf(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static Tree round(Tree tree, double step) {
        double[][] values = new double[tree.nodes()][];
        for (int node = 0; node < values.length; node++) {
            double[] value = tree.values()[node].clone();
            for (int i = 0; i < value.length; i++) {
                value[i] = Math.rint(value[i] / step) * step;
            }
            values[node] = value;
        }
        return tree.withValues(values);
    }

    public List<Tree> trees() {
        return trees;
    }

    @Override
    public Link link() {
        return link;
    }

    @Override
    public double[] scores(double[] row) {
        double[] scores = new double[outputs()];
        for (Tree tree : trees) {
            double[] value = tree.values()[tree.leafOf(row)];
            for (int i = 0; i < scores.length; i++) {
                scores[i] += value[i];
            }
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) scores[i];
        }
        return scores;
    }

    private int outputs() {
        Tree first = trees.get(0);
        int node = 0;
        while (!first.isLeaf(node)) {
            node = first.left()[node];
        }
        return first.values()[node].length;
    }

    @Override
    public String exportScores(OnnxGraph graph, String rows) {
        return graph.toDoubles(graph.add(new TreeNodes(trees, outputs()).node(rows)));
    }
}
