package dev.foretell.worker.training.model;

import dev.foretell.worker.training.onnx.OnnxNode;
import java.util.Arrays;
import java.util.List;

/**
 * Trees as the attributes of ONNX' operator {@code TreeEnsembleRegressor}: each list has one element per node of all trees.
 */
final class TreeNodes {
    private final int outputs;
    private final int[] treeIds;
    private final int[] nodeIds;
    private final int[] features;
    private final double[] thresholds;
    private final String[] modes;
    private final int[] left;
    private final int[] right;
    private final LeafWeights weights;
    private int size;

    TreeNodes(List<Tree> trees, int outputs) {
        int nodes = trees.stream().mapToInt(Tree::nodes).reduce(0, Math::addExact);
        this.outputs = outputs;
        treeIds = new int[nodes];
        nodeIds = new int[nodes];
        features = new int[nodes];
        thresholds = new double[nodes];
        modes = new String[nodes];
        left = new int[nodes];
        right = new int[nodes];
        weights = new LeafWeights(trees);
        for (int i = 0; i < trees.size(); i++) {
            add(i, trees.get(i));
        }
    }

    private void add(int id, Tree tree) {
        for (int node = 0; node < tree.nodes(); node++) {
            boolean leaf = tree.isLeaf(node);
            treeIds[size] = id;
            nodeIds[size] = node;
            modes[size] = leaf ? "LEAF" : "BRANCH_LEQ";
            if (leaf) {
                weights.add(id, node, tree.values()[node]);
            } else {
                features[size] = tree.features()[node];
                thresholds[size] = tree.thresholds()[node];
                left[size] = tree.left()[node];
                right[size] = tree.right()[node];
            }
            size++;
        }
    }

    OnnxNode node(String rows) {
        OnnxNode node = OnnxNode.ml("TreeEnsembleRegressor", rows)
                .with("n_targets", outputs)
                .with("aggregate_function", "SUM")
                .with("post_transform", "NONE")
                .withInts("nodes_treeids", treeIds)
                .withInts("nodes_nodeids", nodeIds)
                .withInts("nodes_featureids", features)
                .withDoubles("nodes_values_as_tensor", thresholds)
                .withTexts("nodes_modes", Arrays.asList(modes))
                .withInts("nodes_truenodeids", left)
                .withInts("nodes_falsenodeids", right);
        return weights.addTo(node);
    }
}
