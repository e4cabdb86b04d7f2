package dev.foretell.worker.training.learn;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.worker.training.learn.linear.HuberLearner;
import dev.foretell.worker.training.learn.linear.LogisticLearner;
import dev.foretell.worker.training.learn.linear.RidgeLearner;
import dev.foretell.worker.training.learn.tree.BoostingLearner;
import dev.foretell.worker.training.learn.tree.ForestLearner;
import dev.foretell.worker.training.learn.tree.TreeLearner;
import dev.foretell.worker.training.model.Model;
import dev.foretell.worker.training.model.NeighbourModel;
import dev.foretell.worker.training.table.TargetKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What can learn from a table. Each one's models can be ONNX. */
public enum Algorithm {
    /** What the others must beat: the mean, or the share of each class. */
    BASELINE("baseline", Set.of(TargetKind.values()), false) {
        @Override
        public Model learn(Lesson lesson) {
            return Baseline.learn(lesson);
        }

        @Override
        public long fileBytes(Size size, Parameters parameters) {
            return size.weights();
        }
    },
    DECISION_TREE(
            "decision-tree",
            Set.of(TargetKind.values()),
            false,
            Parameter.whole("max-depth", 5, 1, 30),
            Parameter.whole("min-leaf", 5, 1, 1_000_000)) {
        @Override
        public Model learn(Lesson lesson) {
            return TreeLearner.learn(
                    lesson.rows(), lesson.target(), lesson.whole("max-depth"), lesson.whole("min-leaf"));
        }

        @Override
        public long fileBytes(Size size, Parameters parameters) {
            return size.trees(1, parameters.whole("max-depth"), parameters.whole("min-leaf"));
        }
    },
    RANDOM_FOREST(
            "random-forest",
            Set.of(TargetKind.values()),
            false,
            Parameter.whole("trees", 100, 1, 2_000),
            Parameter.whole("max-depth", 20, 1, 30),
            Parameter.whole("min-leaf", 1, 1, 1_000_000),
            Parameter.number("feature-share", 0.4, 0.001, 1)) {
        @Override
        public Model learn(Lesson lesson) {
            return ForestLearner.learn(
                    lesson.rows(),
                    lesson.target(),
                    lesson.whole("trees"),
                    lesson.whole("max-depth"),
                    lesson.whole("min-leaf"),
                    lesson.number("feature-share"),
                    lesson.seed(),
                    lesson.threads());
        }

        @Override
        public long fileBytes(Size size, Parameters parameters) {
            return size.trees(parameters.whole("trees"), parameters.whole("max-depth"), parameters.whole("min-leaf"));
        }
    },
    GRADIENT_BOOSTING(
            "gradient-boosting",
            Set.of(TargetKind.values()),
            false,
            Parameter.whole("stages", 100, 1, 2_000),
            Parameter.number("learning-rate", 0.1, 0.001, 1),
            Parameter.whole("max-depth", 3, 1, 15),
            Parameter.whole("min-leaf", 1, 1, 1_000_000),
            Parameter.number("feature-share", 0.5, 0.001, 1)) {
        @Override
        public Model learn(Lesson lesson) {
            return BoostingLearner.learn(
                    lesson.rows(),
                    lesson.target(),
                    lesson.whole("stages"),
                    lesson.number("learning-rate"),
                    lesson.whole("max-depth"),
                    lesson.whole("min-leaf"),
                    lesson.number("feature-share"),
                    lesson.seed());
        }

        @Override
        public long fileBytes(Size size, Parameters parameters) {
            long trees = (long) parameters.whole("stages") * (size.outputs() > 2 ? size.outputs() : 1);
            return size.trees(trees, parameters.whole("max-depth"), parameters.whole("min-leaf"));
        }
    },
    LOGISTIC_REGRESSION(
            "logistic-regression", Set.of(TargetKind.CLASSIFICATION), true, Parameter.number("c", 1, 1e-6, 1e6)) {
        @Override
        public Model learn(Lesson lesson) {
            return LogisticLearner.learn(lesson.rows(), lesson.classes(), lesson.number("c"));
        }

        @Override
        public long fileBytes(Size size, Parameters parameters) {
            return size.weights();
        }
    },
    /** Ridge. */
    LINEAR_REGRESSION(
            "linear-regression", Set.of(TargetKind.REGRESSION), true, Parameter.number("alpha", 1, 1e-6, 1e9)) {
        @Override
        public Model learn(Lesson lesson) {
            return RidgeLearner.learn(lesson.rows(), lesson.values(), lesson.number("alpha"));
        }

        @Override
        public long fileBytes(Size size, Parameters parameters) {
            return size.weights();
        }
    },
    HUBER_REGRESSION(
            "huber-regression",
            Set.of(TargetKind.REGRESSION),
            true,
            Parameter.number("epsilon", 1.35, 1, 1_000),
            Parameter.number("alpha", 1e-4, 0, 1e9)) {
        @Override
        public Model learn(Lesson lesson) {
            return HuberLearner.learn(
                    lesson.rows(),
                    lesson.values(),
                    lesson.deviations(),
                    lesson.number("epsilon"),
                    lesson.number("alpha"));
        }

        @Override
        public long fileBytes(Size size, Parameters parameters) {
            return size.weights();
        }
    },
    NEAREST_NEIGHBOURS(
            "nearest-neighbours", Set.of(TargetKind.values()), true, Parameter.whole("neighbours", 10, 1, 1_000)) {
        @Override
        public Model learn(Lesson lesson) {
            return new NeighbourModel(lesson.rows(), lesson.outputs(), lesson.whole("neighbours"));
        }

        @Override
        public long fileBytes(Size size, Parameters parameters) {
            return size.kept();
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

    /** About the most bytes that the file of what it learns may have. */
    public abstract long fileBytes(Size size, Parameters parameters);
}
