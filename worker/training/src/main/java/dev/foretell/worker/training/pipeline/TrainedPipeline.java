package dev.foretell.worker.training.pipeline;

import dev.foretell.worker.training.model.Model;
import dev.foretell.worker.training.model.Scores;
import dev.foretell.worker.training.onnx.OnnxGraph;
import dev.foretell.worker.training.prepare.Preparation;
import dev.foretell.worker.training.table.Features;
import dev.foretell.worker.training.table.Target;
import java.util.List;
import java.util.stream.Stream;

/** A trained pipeline: it predicts for rows, and exports one file that gives the same predictions anywhere. Immutable. */
public final class TrainedPipeline {
    private final Preparation preparation;
    private final Model model;
    private final List<String> inputs;
    private final Answers answers;

    TrainedPipeline(Preparation preparation, Model model, List<String> inputs, Answers answers) {
        this.preparation = preparation;
        this.model = model;
        this.inputs = inputs;
        this.answers = answers;
    }

    /**
     * A pipeline of parts that were trained elsewhere.
     *
     * @param model reads rows as the preparation makes them
     * @param features the columns of the training
     */
    public static TrainedPipeline of(Preparation preparation, Model model, Features features, Target target) {
        return new TrainedPipeline(preparation, model, features.names(), Answers.to(target));
    }

    /** @param features the columns of the training, in the same order */
    public Predictions predict(Features features) {
        double[][] rows = preparation.apply(features);
        double[][] values = new double[rows.length][];
        int[] labels = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            double[] scores = model.scores(rows[i]);
            labels[i] = Scores.largest(scores);
            values[i] = model.answers(scores);
        }
        return new Predictions(values, labels);
    }

    /** The classes, in the order of the probabilities; empty for a regression. */
    public List<String> classes() {
        return answers.classes();
    }

    public Model model() {
        return model;
    }

    /**
     * The whole pipeline as ONNX. Inputs are the columns, in their order, under their names: doubles ({@code NaN} if a number
     * is missing) or texts (empty if one is missing), each of shape {@code [rows, 1]}.
     */
    public byte[] onnx() {
        OnnxGraph graph = new OnnxGraph(
                "pipeline",
                Stream.concat(inputs.stream(), answers.names().stream()).toList());
        String rows = preparation.export(graph);
        answers.export(graph, model, model.exportScores(graph, rows));
        return graph.file();
    }
}
