package dev.foretell.worker.training.pipeline;

import dev.foretell.worker.training.model.Model;
import dev.foretell.worker.training.onnx.OnnxGraph;
import dev.foretell.worker.training.prepare.Preparation;
import dev.foretell.worker.training.table.Features;
import java.util.List;
import java.util.stream.Stream;

/** A pipeline that has learned: answers for rows, and the one file that gives the same answers anywhere. Immutable. */
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

    /** @param features the same columns, in the same order, as those it was trained on */
    public Predictions predict(Features features) {
        double[][] rows = preparation.apply(features);
        double[][] values = new double[rows.length][];
        int[] labels = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            double[] scores = model.scores(rows[i]);
            labels[i] = Model.largest(scores);
            values[i] = model.answers(scores);
        }
        return new Predictions(values, labels);
    }

    /** The classes, in the order of probabilities; none where a number is predicted. */
    public List<String> classes() {
        return answers.classes();
    }

    public Model model() {
        return model;
    }

    /**
     * The whole pipeline as ONNX. Inputs are the columns, in their order, under their names: doubles, {@code NaN} where a number is
     * missing, or texts, empty where one is missing; each {@code [rows, 1]}.
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
