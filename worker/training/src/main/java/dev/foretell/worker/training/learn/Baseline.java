package dev.foretell.worker.training.learn;

import dev.foretell.worker.training.model.LinearModel;
import dev.foretell.worker.training.model.Link;
import dev.foretell.worker.training.model.Model;
import java.util.Arrays;

/** Predicts the same for every row: the mean, or the share of each class. A model that is no better has learned nothing. */
final class Baseline {
    private Baseline() {}

    static Model learn(Lesson lesson) {
        double[] means = new double[lesson.target().outputs()];
        for (double[] output : lesson.outputs()) {
            for (int i = 0; i < means.length; i++) {
                means[i] += output[i];
            }
        }
        double[] shares =
                Arrays.stream(means).map(sum -> sum / lesson.rows().length).toArray();
        return new LinearModel(new double[means.length][lesson.rows()[0].length], shares, Link.IDENTITY);
    }
}
