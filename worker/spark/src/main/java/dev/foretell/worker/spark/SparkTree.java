package dev.foretell.worker.spark;

import dev.foretell.worker.training.model.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.ml.tree.ContinuousSplit;
import org.apache.spark.ml.tree.DecisionTreeModel;
import org.apache.spark.ml.tree.InternalNode;
import org.apache.spark.ml.tree.LeafNode;
import org.apache.spark.ml.tree.Node;

/** Makes trees of Spark's. All its splits are of numbers, and a row goes left at the threshold, as in ours. */
final class SparkTree {
    private final Function<LeafNode, double[]> value;
    private final List<Node> nodes = new ArrayList<>();
    private final List<double[]> values = new ArrayList<>();
    private final List<int[]> sides = new ArrayList<>();

    private SparkTree(Function<LeafNode, double[]> value) {
        this.value = value;
    }

    /** @param weight of the tree among others */
    static Tree ofNumbers(DecisionTreeModel tree, double weight) {
        return new SparkTree(leaf -> new double[] {weight * leaf.prediction()}).tree(tree.rootNode());
    }

    /** The share of each class among the rows of a leaf. */
    static Tree ofShares(DecisionTreeModel tree, int classes, double weight) {
        return new SparkTree(leaf -> shares(leaf, classes, weight)).tree(tree.rootNode());
    }

    private static double[] shares(LeafNode leaf, int classes, double weight) {
        double[] counts = Arrays.copyOf(leaf.impurityStats().stats(), classes);
        double sum = Arrays.stream(counts).sum();
        return Arrays.stream(counts).map(count -> weight * count / sum).toArray();
    }

    /** Of half the logarithm of the odds of the second class, a score for each of both. */
    static Tree marginToScores(Tree margin) {
        return margin.withValues(Arrays.stream(margin.values())
                .map(value -> value.length == 0 ? value : new double[] {0, 2 * value[0]})
                .toArray(double[][]::new));
    }

    private Tree tree(Node root) {
        add(root);
        return new Tree(
                nodes.stream().mapToInt(SparkTree::feature).toArray(),
                nodes.stream().mapToDouble(SparkTree::threshold).toArray(),
                sides.stream().mapToInt(side -> side[0]).toArray(),
                sides.stream().mapToInt(side -> side[1]).toArray(),
                values.toArray(double[][]::new));
    }

    /** The index of the node; a tree is at most 30 splits deep. */
    private int add(Node node) {
        int index = nodes.size();
        int[] side = new int[2];
        nodes.add(node);
        sides.add(side);
        values.add(node instanceof LeafNode leaf ? value.apply(leaf) : new double[0]);
        if (node instanceof InternalNode split) {
            side[0] = add(split.leftChild());
            side[1] = add(split.rightChild());
        }
        return index;
    }

    private static int feature(Node node) {
        return node instanceof InternalNode split ? split.split().featureIndex() : Tree.NONE;
    }

    private static double threshold(Node node) {
        return node instanceof InternalNode split ? ((ContinuousSplit) split.split()).threshold() : 0;
    }
}
