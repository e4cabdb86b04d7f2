package dev.foretell.worker.training.learn.tree;

import dev.foretell.worker.training.model.Link;
import dev.foretell.worker.training.model.Model;
import dev.foretell.worker.training.model.Tree;
import dev.foretell.worker.training.model.TreeModel;
import dev.foretell.worker.training.table.Target;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A random forest (Breiman 2001): each tree grows from a bootstrap sample of the rows and tries some of the numbers at each
 * split; the prediction is the mean. Each tree has its own random numbers, so the number of threads makes no difference.
 */
public final class ForestLearner {
    private ForestLearner() {}

    /**
     * @param trees the number of trees
     * @param depth the maximum number of splits from root to leaf
     * @param leafRows the minimum number of rows of a leaf
     * @param share the share of the numbers that are tried for each split
     */
    public static Model learn(
            double[][] rows, Target target, int trees, int depth, int leafRows, double share, long seed, int threads) {
        Sorted sorted = Sorted.of(rows);
        int tried = (int) Math.max(1, Math.round(share * sorted.columns().length));
        Growth growth = new Growth(depth, leafRows, tried);
        SplittableRandom seeds = new SplittableRandom(seed);
        long[] treeSeeds = seeds.longs(trees).toArray();
        List<Tree> grown = Parallel.map(
                threads, trees, tree -> grow(sorted, target, growth, trees, new SplittableRandom(treeSeeds[tree])));
        return new TreeModel(grown, Link.IDENTITY);
    }

    private static Tree grow(Sorted sorted, Target target, Growth growth, int trees, SplittableRandom random) {
        int[] weights = new int[sorted.rows()];
        for (int i = 0; i < weights.length; i++) {
            weights[random.nextInt(weights.length)]++;
        }
        Tree tree = TreeGrower.grow(sorted, weights, TreeLearner.impurity(target, weights), growth, random)
                .tree();
        return tree.withValues(Arrays.stream(tree.values())
                .map(value -> Arrays.stream(value).map(number -> number / trees).toArray())
                .toArray(double[][]::new));
    }
}
