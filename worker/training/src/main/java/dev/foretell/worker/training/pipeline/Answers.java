package dev.foretell.worker.training.pipeline;

import dev.foretell.commons.json.Json;
import dev.foretell.worker.training.model.Model;
import dev.foretell.worker.training.onnx.OnnxGraph;
import dev.foretell.worker.training.onnx.OnnxNode;
import dev.foretell.worker.training.table.ClassTarget;
import dev.foretell.worker.training.table.Target;
import java.util.List;

/**
 * The outputs of a model file, by what it predicts: {@code label} and {@code probabilities}, in the order of the classes'
 * names, or {@code prediction}. Numbers are floats. The classes are also in the file's metadata, where model hosts look for
 * them.
 */
final class Answers {
    private static final String LABEL = "label";
    private static final String PROBABILITIES = "probabilities";
    private static final String PREDICTION = "prediction";

    private final List<String> classes;

    private Answers(List<String> classes) {
        this.classes = classes;
    }

    static Answers to(Target target) {
        return new Answers(target instanceof ClassTarget texts ? texts.classes() : List.of());
    }

    List<String> classes() {
        return classes;
    }

    /** The names that no column may have. */
    List<String> names() {
        return classes.isEmpty() ? List.of(PREDICTION) : List.of(LABEL, PROBABILITIES);
    }

    void export(OnnxGraph graph, Model model, String scores) {
        String answers = graph.toFloats(model.exportAnswers(graph, scores));
        if (classes.isEmpty()) {
            output(graph, answers, PREDICTION, 1);
        } else {
            exportLabel(graph, scores);
            graph.metadata("labels." + PROBABILITIES, Json.writeText(classes));
            output(graph, answers, PROBABILITIES, classes.size());
        }
    }

    private void exportLabel(OnnxGraph graph, String scores) {
        String index = graph.add(OnnxNode.of("ArgMax", scores).with("axis", 1).with("keepdims", 0));
        graph.addAs(OnnxNode.of("Gather", graph.texts(classes), index).with("axis", 0), LABEL);
        graph.textOutput(LABEL);
    }

    private static void output(OnnxGraph graph, String values, String name, int width) {
        graph.addAs(OnnxNode.of("Identity", values), name);
        graph.floatOutput(name, width);
    }
}
