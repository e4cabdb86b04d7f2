package dev.foretell.worker.spark;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.worker.training.engine.TrainingRows;
import dev.foretell.worker.training.learn.Algorithm;
import dev.foretell.worker.training.model.Link;
import dev.foretell.worker.training.model.Tree;
import dev.foretell.worker.training.model.TreeModel;
import dev.foretell.worker.training.pipeline.Pipeline;
import dev.foretell.worker.training.table.Target;
import dev.foretell.worker.training.table.TargetKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.classification.DecisionTreeClassificationModel;
import org.apache.spark.ml.classification.DecisionTreeClassifier;
import org.apache.spark.ml.classification.GBTClassificationModel;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.regression.DecisionTreeRegressionModel;
import org.apache.spark.ml.regression.DecisionTreeRegressor;
import org.apache.spark.ml.regression.GBTRegressionModel;
import org.apache.spark.ml.regression.GBTRegressor;
import org.apache.spark.ml.regression.RandomForestRegressionModel;
import org.apache.spark.ml.regression.RandomForestRegressor;
import org.apache.spark.ml.tree.DecisionTreeModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Spark's trees, forests and boosted trees. */
final class TreeModels {
    private final TreeSettings settings;
    private final TrainingRows rows;
    private final Dataset<Row> frame;

    private TreeModels(TreeSettings settings, TrainingRows rows, Dataset<Row> frame) {
        this.settings = settings;
        this.rows = rows;
        this.frame = frame;
    }

    static Fitted learn(Pipeline pipeline, TrainingRows rows, Dataset<Row> frame) {
        TreeModels trees = new TreeModels(new TreeSettings(pipeline), rows, frame);
        boolean isClasses = rows.target().kind() == TargetKind.CLASSIFICATION;
        return switch (pipeline.algorithm()) {
            case DECISION_TREE -> isClasses ? trees.classTree() : trees.numberTree();
            case RANDOM_FOREST -> isClasses ? trees.classForest() : trees.numberForest();
            case GRADIENT_BOOSTING -> isClasses ? trees.boostedClasses() : trees.boostedNumbers();
            default -> throw new IllegalArgumentException(pipeline.algorithm() + " has no trees");
        };
    }

    static void check(Pipeline pipeline, Target target) {
        if (pipeline.algorithm() == Algorithm.GRADIENT_BOOSTING && target.outputs() > 2) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "The target '" + target.name() + "' has " + target.outputs()
                            + " classes, and Spark's gradient-boosting is for two: choose random-forest, decision-tree or"
                            + " logistic-regression, or leave engine out.");
        }
    }

    private Fitted classTree() {
        DecisionTreeClassificationModel learned =
                settings.common(new DecisionTreeClassifier()).fit(frame);
        return new Fitted(shares(learned), learned);
    }

    private Fitted numberTree() {
        DecisionTreeRegressionModel learned =
                settings.common(new DecisionTreeRegressor()).fit(frame);
        return new Fitted(new TreeModel(List.of(SparkTree.ofNumbers(learned, 1)), Link.IDENTITY), learned);
    }

    private Fitted classForest() {
        RandomForestClassificationModel learned =
                settings.forest(new RandomForestClassifier()).fit(frame);
        return new Fitted(shares(learned.trees()), learned);
    }

    private TreeModel shares(DecisionTreeModel... trees) {
        return new TreeModel(
                Arrays.stream(trees)
                        .map(tree -> SparkTree.ofShares(tree, rows.outputs(), 1.0 / trees.length))
                        .toList(),
                Link.IDENTITY);
    }

    private Fitted numberForest() {
        RandomForestRegressionModel learned =
                settings.forest(new RandomForestRegressor()).fit(frame);
        double[] weights = new double[learned.trees().length];
        Arrays.fill(weights, 1.0 / weights.length);
        return new Fitted(new TreeModel(weightedTrees(learned.trees(), weights), Link.IDENTITY), learned);
    }

    private Fitted boostedNumbers() {
        GBTRegressionModel learned = settings.boosting(new GBTRegressor()).fit(frame);
        return new Fitted(new TreeModel(weightedTrees(learned.trees(), learned.treeWeights()), Link.IDENTITY), learned);
    }

    private Fitted boostedClasses() {
        GBTClassificationModel learned = settings.boosting(new GBTClassifier()).fit(frame);
        List<Tree> scores = weightedTrees(learned.trees(), learned.treeWeights()).stream()
                .map(SparkTree::marginToScores)
                .toList();
        return new Fitted(new TreeModel(scores, Link.SOFTMAX), learned);
    }

    private static List<Tree> weightedTrees(DecisionTreeModel[] trees, double[] weights) {
        List<Tree> parts = new ArrayList<>();
        for (int i = 0; i < trees.length; i++) {
            parts.add(SparkTree.ofNumbers(trees[i], weights[i]));
        }
        return parts;
    }
}
