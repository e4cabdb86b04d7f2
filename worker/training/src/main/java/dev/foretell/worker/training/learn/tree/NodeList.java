package dev.foretell.worker.training.learn.tree;

import dev.foretell.worker.training.model.Tree;
import java.util.ArrayList;
import java.util.List;

/** The nodes of a growing tree. */
final class NodeList {
    private static final double[] NO_VALUE = {};

    private static final class Node {
        final int feature;
        final double threshold;
        final double[] value;
        int left;
        int right;

        Node(int feature, double threshold, double[] value) {
            this.feature = feature;
            this.threshold = threshold;
            this.value = value;
        }
    }

    private final List<Node> nodes = new ArrayList<>();

    int addQuestion(int feature, double threshold) {
        nodes.add(new Node(feature, threshold, NO_VALUE));
        return nodes.size() - 1;
    }

    int addLeaf(double[] value) {
        nodes.add(new Node(Tree.NONE, 0, value));
        return nodes.size() - 1;
    }

    void connect(int node, int left, int right) {
        nodes.get(node).left = left;
        nodes.get(node).right = right;
    }

    Tree tree() {
        return new Tree(
                nodes.stream().mapToInt(node -> node.feature).toArray(),
                nodes.stream().mapToDouble(node -> node.threshold).toArray(),
                nodes.stream().mapToInt(node -> node.left).toArray(),
                nodes.stream().mapToInt(node -> node.right).toArray(),
                nodes.stream().map(node -> node.value).toArray(double[][]::new));
    }
}
