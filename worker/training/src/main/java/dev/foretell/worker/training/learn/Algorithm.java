package dev.foretell.worker.training.learn;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.worker.training.learn.tree.TreeLearner;
import dev.foretell.worker.training.model.Model;
import dev.foretell.worker.training.table.TargetKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What can learn from a table. Each one's models can be ONNX. */
public enum Algorithm {
    DECISION_TREE(
            "decision-tree",
            Set.of(TargetKind.values()),
            false,
            Parameter.whole("max-depth", 5, 1, 30),
            Parameter.whole("min-leaf", 1, 1, 1_000_000)) {
        @Override
        public Model learn(Lesson lesson) {
            return TreeLearner.learn(
                    lesson.rows(),
                    lesson.target(),
                    lesson.parameters().whole("max-depth"),
                    lesson.parameters().whole("min-leaf"));
        }
    };

    private final String word;
    private final Set<TargetKind> kinds;
    private final boolean scaled;
    private final List<Parameter> parameters;

    Algorithm(String word, Set<TargetKind> kinds, boolean scaled, Parameter... parameters) {
        this.word = word;
        this.kinds = kinds;
        this.scaled = scaled;
        this.parameters = List.of(parameters);
    }

    /** @throws ServingException INVALID_INPUT for a name that no algorithm has */
    public static Algorithm named(String word) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new ServingException(
                        FailureKind.INVALID_INPUT, "There is no algorithm '" + word + "'; there are " + words() + "."));
    }

    private static String words() {
        return Arrays.stream(values()).map(Algorithm::word).collect(Collectors.joining(", "));
    }

    /** The name that callers have for it. */
    public String word() {
        return word;
    }

    /** Whether it learns from standardised numbers. */
    public boolean scaled() {
        return scaled;
    }

    public List<Parameter> known() {
        return parameters;
    }

    public boolean learns(TargetKind kind) {
        return kinds.contains(kind);
    }

    /** @throws ServingException INVALID_INPUT for a name that it does not have, or a value out of range */
    public Parameters parameters(Map<String, ? extends Number> given) {
        return Parameters.of(word, parameters, given);
    }

    /** The same lesson makes the same model, on any number of threads. */
    public abstract Model learn(Lesson lesson);
}
