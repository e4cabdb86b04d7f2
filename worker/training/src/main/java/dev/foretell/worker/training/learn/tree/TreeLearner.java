package dev.foretell.worker.training.learn.tree;

import dev.foretell.worker.training.model.Link;
import dev.foretell.worker.training.model.Model;
import dev.foretell.worker.training.model.Tree;
import dev.foretell.worker.training.model.TreeModel;
import dev.foretell.worker.training.table.ClassTarget;
import dev.foretell.worker.training.table.NumberTarget;
import dev.foretell.worker.training.table.Target;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** One decision tree (CART): Gini impurity for classes, squared error for numbers. */
public final class TreeLearner {
    private TreeLearner() {}

    /**
     * @param depth the maximum number of splits from root to leaf
     * @param leafRows the minimum number of rows of a leaf
     */
    public static Model learn(double[][] rows, Target target, int depth, int leafRows) {
        int[] weights = new int[rows.length];
        Arrays.fill(weights, 1);
        Growth growth = new Growth(depth, leafRows, Integer.MAX_VALUE);
        Tree tree = TreeGrower.grow(
                        Sorted.of(rows), weights, impurity(target, weights), growth, new SplittableRandom(0))
                .tree();
        return new TreeModel(List.of(tree), Link.IDENTITY);
    }

    static Impurity impurity(Target target, int[] weights) {
        return target instanceof ClassTarget classes
                ? new ClassImpurity(classes.indices(), classes.classes().size(), weights)
                : new NumberImpurity(((NumberTarget) target).values(), weights);
    }
}
