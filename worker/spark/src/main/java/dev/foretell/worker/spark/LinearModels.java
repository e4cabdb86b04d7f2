package dev.foretell.worker.spark;

import dev.foretell.worker.training.engine.TrainingRows;
import dev.foretell.worker.training.learn.Algorithm;
import dev.foretell.worker.training.model.LinearModel;
import dev.foretell.worker.training.model.Link;
import dev.foretell.worker.training.pipeline.Pipeline;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.LinearRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Spark's linear models, with the penalties of our own: those are on the sum over rows, Spark's on the mean, and for least squares in units
 * of the target's deviation. The rows are scaled already, or the penalty is on unscaled weights; so Spark is told not to standardise.
 */
final class LinearModels {
    private static final int PASSES = 1000;
    private static final double TOLERANCE = 1e-9;

    private LinearModels() {}

    static Fitted learn(Pipeline pipeline, TrainingRows rows, Dataset<Row> frame) {
        Map<String, Double> parameters = pipeline.parameters().values();
        if (pipeline.algorithm() == Algorithm.LOGISTIC_REGRESSION) {
            return logistic(frame, 1 / (number(parameters, "c") * rows.count()));
        }
        double penalty = number(parameters, "alpha") / rows.count();
        return pipeline.algorithm() == Algorithm.HUBER_REGRESSION
                ? model(
                        regression()
                                .setLoss("huber")
                                .setEpsilon(number(parameters, "epsilon"))
                                .setRegParam(penalty),
                        frame)
                : model(regression().setRegParam(penalty * deviation(frame)), frame);
    }

    private static double number(Map<String, Double> parameters, String name) {
        return Objects.requireNonNull(parameters.get(name));
    }

    private static LinearRegression regression() {
        return new LinearRegression()
                .setLabelCol(RowFrame.LABEL)
                .setFeaturesCol(RowFrame.FEATURES)
                .setStandardization(false)
                .setMaxIter(PASSES)
                .setTol(TOLERANCE);
    }

    private static double deviation(Dataset<Row> frame) {
        return frame.agg(functions.stddev_samp(RowFrame.LABEL)).head().getDouble(0);
    }

    private static Fitted model(LinearRegression regression, Dataset<Row> frame) {
        LinearRegressionModel learned = regression.fit(frame);
        return new Fitted(
                new LinearModel(
                        new double[][] {learned.coefficients().toArray()},
                        new double[] {learned.intercept()},
                        Link.IDENTITY),
                learned);
    }

    /** One row of weights for each class, even of two, as our own have them: the penalty is another otherwise. */
    private static Fitted logistic(Dataset<Row> frame, double penalty) {
        LogisticRegressionModel learned = new LogisticRegression()
                .setLabelCol(RowFrame.LABEL)
                .setFeaturesCol(RowFrame.FEATURES)
                .setFamily("multinomial")
                .setStandardization(false)
                .setRegParam(penalty)
                .setMaxIter(PASSES)
                .setTol(TOLERANCE)
                .fit(frame);
        return new Fitted(
                new LinearModel(
                        rows(learned.coefficientMatrix()),
                        learned.interceptVector().toArray(),
                        Link.SOFTMAX),
                learned);
    }

    private static double[][] rows(Matrix matrix) {
        double[][] rows = new double[matrix.numRows()][matrix.numCols()];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = matrix.apply(i, j);
            }
        }
        return rows;
    }
}
