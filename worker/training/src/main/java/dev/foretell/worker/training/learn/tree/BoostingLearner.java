package dev.foretell.worker.training.learn.tree;

import dev.foretell.worker.training.model.Link;
import dev.foretell.worker.training.model.Model;
import dev.foretell.worker.training.model.Tree;
import dev.foretell.worker.training.model.TreeModel;
import dev.foretell.worker.training.table.ClassTarget;
import dev.foretell.worker.training.table.NumberTarget;
import dev.foretell.worker.training.table.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Gradient boosting (Friedman 2001): small trees, each fitted to the residuals of the sum of the earlier ones. Squared error
 * for numbers, log loss for classes: one tree a stage for two classes, else one for each class.
 */
public final class BoostingLearner {
    private final Sorted sorted;
    private final int[] weights;
    private final Growth growth;
    private final double rate;
    private final SplittableRandom random;
    private final List<Tree> trees = new ArrayList<>();

    private BoostingLearner(double[][] rows, Growth growth, double rate, long seed) {
        this.sorted = Sorted.of(rows);
        this.weights = new int[rows.length];
        Arrays.fill(weights, 1);
        this.growth = growth;
        this.rate = rate;
        this.random = new SplittableRandom(seed);
    }

    /**
     * @param stages the number of times that trees are added
     * @param rate the share of each tree's values that is added
     * @param depth the maximum number of splits from root to leaf
     * @param leafRows the minimum number of rows of a leaf
     * @param share the share of the numbers that are tried for each split
     */
    public static Model learn(
            double[][] rows, Target target, int stages, double rate, int depth, int leafRows, double share, long seed) {
        int tried = (int) Math.max(1, Math.round(share * rows[0].length));
        BoostingLearner learner = new BoostingLearner(rows, new Growth(depth, leafRows, tried), rate, seed);
        Loss loss = loss(target);
        learner.learn(loss, stages);
        return new TreeModel(learner.trees, target instanceof ClassTarget ? Link.SOFTMAX : Link.IDENTITY);
    }

    private static Loss loss(Target target) {
        if (target instanceof NumberTarget numbers) {
            return new SquaredLoss(numbers.values());
        }
        ClassTarget classes = (ClassTarget) target;
        return classes.classes().size() == 2 ? new TwoClassLoss(classes) : new ClassLoss(classes);
    }

    private void learn(Loss loss, int stages) {
        trees.add(Tree.leaf(loss.start()));
        for (int stage = 0; stage < stages; stage++) {
            loss.beginStage();
            for (int part = 0; part < loss.parts(); part++) {
                addTree(loss, part);
            }
        }
    }

    private void addTree(Loss loss, int part) {
        double[] residuals = loss.residuals(part);
        GrownTree grown = TreeGrower.grow(sorted, weights, new NumberImpurity(residuals, weights), growth, random);
        double[] steps = loss.steps(part, residuals, grown);
        for (int node = 0; node < steps.length; node++) {
            steps[node] *= rate;
        }
        loss.advance(part, grown.leaves(), steps);
        double[][] values = new double[steps.length][];
        for (int node = 0; node < steps.length; node++) {
            values[node] = loss.value(part, steps[node]);
        }
        trees.add(grown.tree().withValues(values));
    }
}
