package dev.foretell.worker.training.learn;

import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.training.AlgorithmParameter;
import dev.foretell.commons.training.AlgorithmSpec;
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

/** The algorithms that learn from a table. Each can export its models as ONNX. */
public enum Algorithm {
    /** Predicts the mean, or the share of each class; any other algorithm must do better. */
    BASELINE(AlgorithmSpec.BASELINE, Set.of(TargetKind.values()), false) {
        @Override
        public Model learn(Lesson lesson) {
            return Baseline.learn(lesson);
        }

        @Override
        public long fileBytes(Size size, Parameters parameters) {
            return size.weights();
        }
    },
    DECISION_TREE(AlgorithmSpec.DECISION_TREE, Set.of(TargetKind.values()), false) {
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
    RANDOM_FOREST(AlgorithmSpec.RANDOM_FOREST, Set.of(TargetKind.values()), false) {
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
    GRADIENT_BOOSTING(AlgorithmSpec.GRADIENT_BOOSTING, Set.of(TargetKind.values()), false) {
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
    LOGISTIC_REGRESSION(AlgorithmSpec.LOGISTIC_REGRESSION, Set.of(TargetKind.CLASSIFICATION), true) {
        @Override
        public Model learn(Lesson lesson) {
            return LogisticLearner.learn(lesson.rows(), lesson.classes(), lesson.number("c"));
        }

        @Override
        public long fileBytes(Size size, Parameters parameters) {
            return size.weights();
        }
    },
    /** Least squares with a ridge penalty. */
    LINEAR_REGRESSION(AlgorithmSpec.LINEAR_REGRESSION, Set.of(TargetKind.REGRESSION), true) {
        @Override
        public Model learn(Lesson lesson) {
            return RidgeLearner.learn(lesson.rows(), lesson.values(), lesson.number("alpha"));
        }

        @Override
        public long fileBytes(Size size, Parameters parameters) {
            return size.weights();
        }
    },
    HUBER_REGRESSION(AlgorithmSpec.HUBER_REGRESSION, Set.of(TargetKind.REGRESSION), true) {
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
    NEAREST_NEIGHBOURS(AlgorithmSpec.NEAREST_NEIGHBOURS, Set.of(TargetKind.values()), true) {
        @Override
        public Model learn(Lesson lesson) {
            return new NeighbourModel(lesson.rows(), lesson.outputs(), lesson.whole("neighbours"));
        }

        @Override
        public long fileBytes(Size size, Parameters parameters) {
            return size.rowBytes();
        }
    };

    private final AlgorithmSpec spec;
    private final Set<TargetKind> kinds;
    private final boolean scaled;

    Algorithm(AlgorithmSpec spec, Set<TargetKind> kinds, boolean scaled) {
        this.spec = spec;
        this.kinds = kinds;
        this.scaled = scaled;
    }

    /** The algorithm that an order names. */
    public static Algorithm of(AlgorithmSpec spec) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.spec == spec)
                .findFirst()
                .orElseThrow();
    }

    /** @throws ServingException INVALID_INPUT for an unknown name */
    public static Algorithm ofName(String word) {
        return of(AlgorithmSpec.ofName(word));
    }

    /** The name that callers have for it. */
    public String word() {
        return spec.word();
    }

    /** Whether it learns from standardised numbers. */
    public boolean isScaled() {
        return scaled;
    }

    public List<AlgorithmParameter> knownParameters() {
        return spec.parameters();
    }

    public boolean learns(TargetKind kind) {
        return kinds.contains(kind);
    }

    /** @throws ServingException INVALID_INPUT for an unknown parameter, or a value out of range */
    public Parameters parameters(Map<String, ? extends Number> given) {
        return new Parameters(spec.complete(given));
    }

    /** Trains a model. The same lesson gives the same model, on any number of threads. */
    public abstract Model learn(Lesson lesson);

    /** Estimates the maximum size of its model file, in bytes. */
    public abstract long fileBytes(Size size, Parameters parameters);
}
