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
 * A random forest (Breiman 2001): trees that grow from as many rows as there are, drawn with replacement, and try some of the numbers at
 * each question; the answer is their mean. Each tree has random numbers of its own, so threads make no difference.
 */
public final class ForestLearner {
    private ForestLearner() {}

    /**
     * @param trees how many
     * @param depth most questions from root to leaf
     * @param leafRows fewest rows of a leaf
     * @param share of the numbers that are tried for each question
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
