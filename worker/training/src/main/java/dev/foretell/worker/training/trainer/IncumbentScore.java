package dev.foretell.worker.training.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.worker.training.job.Holdout;
import dev.foretell.worker.training.pipeline.Predictions;
import dev.foretell.worker.training.score.Scoring;
import dev.foretell.worker.training.table.ClassTarget;
import dev.foretell.worker.training.table.NumberTarget;
import dev.foretell.worker.training.table.Target;
import dev.foretell.worker.training.table.TargetKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The score of another model's responses to the rows of a {@link Holdout}. A class is the output {@code label} or {@code
 * output_label}, its probability in {@code probabilities}, and a number {@code prediction}; one output alone may have any name. Pure.
 */
final class IncumbentScore {
    private final Holdout holdout;
    private final List<String> ownClasses;

    /** @param ownClasses of the model, in the order of its probabilities; none where they are not known */
    IncumbentScore(Holdout holdout, List<String> ownClasses) {
        this.holdout = holdout;
        this.ownClasses = ownClasses;
    }

    /**
     * @param responses each with all outputs by name, in the order of the calls
     * @throws IllegalArgumentException with a sentence, if they do not answer the rows
     */
    double of(List<JsonNode> responses) {
        return holdout.classes().isEmpty() ? ofNumbers(responses) : ofClasses(responses);
    }

    private double ofNumbers(List<JsonNode> responses) {
        List<JsonNode> values = rows(responses, "prediction", "variable");
        double[][] numbers =
                values.stream().map(value -> new double[] {number(value)}).toArray(double[][]::new);
        NumberTarget truth = new NumberTarget(holdout.target(), holdout.truth());
        return score(truth, new Predictions(numbers, new int[numbers.length]));
    }

    private static double number(JsonNode value) {
        JsonNode one = value.isArray() && value.size() == 1 ? value.get(0) : value;
        if (!one.isNumber()) {
            throw new IllegalArgumentException("it predicts no number");
        }
        return one.asDouble();
    }

    /** A class that only the model knows is one more class, which no row has. */
    private double ofClasses(List<JsonNode> responses) {
        List<String> classes = new ArrayList<>(holdout.classes());
        List<JsonNode> outputs = rows(responses, "label", "output_label");
        int[] labels = new int[outputs.size()];
        for (int row = 0; row < labels.length; row++) {
            String label = first(outputs.get(row)).asText();
            if (!classes.contains(label)) {
                classes.add(label);
            }
            labels[row] = classes.indexOf(label);
        }
        int[] indices = new int[holdout.truth().length];
        for (int row = 0; row < indices.length; row++) {
            indices[row] = (int) holdout.truth()[row];
        }
        double[][] probabilities = holdout.metric().equals(Scoring.NEG_LOG_LOSS.word())
                ? probabilities(responses, classes)
                : new double[labels.length][classes.size()];
        return score(new ClassTarget(holdout.target(), classes, indices), new Predictions(probabilities, labels));
    }

    private double[][] probabilities(List<JsonNode> responses, List<String> classes) {
        List<JsonNode> outputs = rows(responses, "probabilities", "output_probability");
        double[][] probabilities = new double[outputs.size()][classes.size()];
        for (int row = 0; row < probabilities.length; row++) {
            if (outputs.get(row).size() != ownClasses.size()) {
                throw new IllegalArgumentException("its file does not name the classes of its probabilities");
            }
            for (int i = 0; i < ownClasses.size(); i++) {
                int index = classes.indexOf(ownClasses.get(i));
                if (index >= 0) {
                    probabilities[row][index] = outputs.get(row).get(i).asDouble();
                }
            }
        }
        return probabilities;
    }

    private static JsonNode first(JsonNode value) {
        return value.isArray() && value.size() == 1 ? value.get(0) : value;
    }

    private double score(Target truth, Predictions predictions) {
        TargetKind kind = truth.kind();
        return Scoring.ofName(holdout.metric(), kind).score(truth, predictions);
    }

    private List<JsonNode> rows(List<JsonNode> responses, String name, String otherName) {
        List<JsonNode> rows = responses.stream()
                .flatMap(response ->
                        StreamSupport.stream(output(response, name, otherName).spliterator(), false))
                .toList();
        if (rows.size() != holdout.truth().length) {
            throw new IllegalArgumentException("it answers " + rows.size() + " of " + holdout.truth().length + " rows");
        }
        return rows;
    }

    private static JsonNode output(JsonNode response, String name, String otherName) {
        if (response.has(name)) {
            return response.path(name);
        }
        return response.size() == 1 ? response.elements().next() : response.path(otherName);
    }
}
