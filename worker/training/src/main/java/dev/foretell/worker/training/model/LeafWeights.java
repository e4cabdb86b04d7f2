package dev.foretell.worker.training.model;

import dev.foretell.worker.training.onnx.OnnxNode;
import java.util.List;

/** What leaves add to scores, as attributes of the operator: the first value of each leaf, and those that are not zero. */
final class LeafWeights {
    private final int[] treeIds;
    private final int[] nodeIds;
    private final int[] scores;
    private final double[] weights;
    private int size;

    LeafWeights(List<Tree> trees) {
        int count = trees.stream().mapToInt(LeafWeights::count).reduce(0, Math::addExact);
        treeIds = new int[count];
        nodeIds = new int[count];
        scores = new int[count];
        weights = new double[count];
    }

    private static int count(Tree tree) {
        int count = 0;
        for (int node = 0; node < tree.nodes(); node++) {
            double[] values = tree.values()[node];
            for (int i = 0; i < values.length; i++) {
                count += tree.isLeaf(node) && present(values, i) ? 1 : 0;
            }
        }
        return count;
    }

    private static boolean present(double[] values, int score) {
        return score == 0 || values[score] != 0;
    }

    void add(int tree, int node, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (present(values, i)) {
                treeIds[size] = tree;
                nodeIds[size] = node;
                scores[size] = i;
                weights[size++] = values[i];
            }
        }
    }

    OnnxNode addTo(OnnxNode node) {
        return node.withInts("target_treeids", treeIds)
                .withInts("target_nodeids", nodeIds)
                .withInts("target_ids", scores)
                .withDoubles("target_weights_as_tensor", weights);
    }
}
