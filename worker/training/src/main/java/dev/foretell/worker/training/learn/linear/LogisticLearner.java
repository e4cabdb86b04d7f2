package dev.foretell.worker.training.learn.linear;

import dev.foretell.worker.training.model.LinearModel;
import dev.foretell.worker.training.model.Link;
import dev.foretell.worker.training.model.Model;
import dev.foretell.worker.training.table.ClassTarget;

/** Multinomial logistic regression with a penalty on squared weights; intercepts are free. */
public final class LogisticLearner {
    private LogisticLearner() {}

    /**
     * @param rows standardised
     * @param c the weight of the data against the penalty, as in scikit-learn; a smaller value gives smaller weights
     */
    public static Model learn(double[][] rows, ClassTarget target, double c) {
        LogisticObjective objective = new LogisticObjective(rows, target, c);
        double[] point = Convex.minimum(objective, objective.start(), 1e-6);
        return new LinearModel(objective.weights(point), objective.intercepts(point), Link.SOFTMAX);
    }
}
