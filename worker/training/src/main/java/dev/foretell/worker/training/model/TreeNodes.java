package dev.foretell.worker.training.model;

import dev.foretell.worker.training.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.List;

/** Trees as the attributes of ONNX' operator {@code TreeEnsembleRegressor}: for each node of all trees an entry in each list. */
final class TreeNodes {
    private final int outputs;
    private final List<Integer> treeIds = new ArrayList<>();
    private final List<Integer> nodeIds = new ArrayList<>();
    private final List<Integer> features = new ArrayList<>();
    private final List<Double> thresholds = new ArrayList<>();
    private final List<String> modes = new ArrayList<>();
    private final List<Integer> left = new ArrayList<>();
    private final List<Integer> right = new ArrayList<>();
    private final List<Integer> targetTrees = new ArrayList<>();
    private final List<Integer> targetNodes = new ArrayList<>();
    private final List<Integer> targets = new ArrayList<>();
    private final List<Double> weights = new ArrayList<>();

    TreeNodes(List<Tree> trees, int outputs) {
        this.outputs = outputs;
        for (int i = 0; i < trees.size(); i++) {
            add(i, trees.get(i));
        }
    }

    private void add(int id, Tree tree) {
        for (int node = 0; node < tree.nodes(); node++) {
            boolean leaf = tree.isLeaf(node);
            treeIds.add(id);
            nodeIds.add(node);
            features.add(leaf ? 0 : tree.features()[node]);
            thresholds.add(leaf ? 0 : tree.thresholds()[node]);
            modes.add(leaf ? "LEAF" : "BRANCH_LEQ");
            left.add(leaf ? 0 : tree.left()[node]);
            right.add(leaf ? 0 : tree.right()[node]);
            if (leaf) {
                addValues(id, node, tree.values()[node]);
            }
        }
    }

    /** Those that are not zero, and the first. */
    private void addValues(int id, int node, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (i == 0 || values[i] != 0) {
                targetTrees.add(id);
                targetNodes.add(node);
                targets.add(i);
                weights.add(values[i]);
            }
        }
    }

    OnnxNode node(String rows) {
        return OnnxNode.ml("TreeEnsembleRegressor", rows)
                .with("n_targets", outputs)
                .with("aggregate_function", "SUM")
                .with("post_transform", "NONE")
                .withLongs("nodes_treeids", treeIds)
                .withLongs("nodes_nodeids", nodeIds)
                .withLongs("nodes_featureids", features)
                .withDoubles("nodes_values_as_tensor", doubles(thresholds))
                .withTexts("nodes_modes", modes)
                .withLongs("nodes_truenodeids", left)
                .withLongs("nodes_falsenodeids", right)
                .withLongs("target_treeids", targetTrees)
                .withLongs("target_nodeids", targetNodes)
                .withLongs("target_ids", targets)
                .withDoubles("target_weights_as_tensor", doubles(weights));
    }

    private static double[] doubles(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
