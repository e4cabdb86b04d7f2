package dev.foretell.worker.training.pipeline;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.training.Scale;
import dev.foretell.worker.training.learn.Algorithm;
import dev.foretell.worker.training.learn.Lesson;
import dev.foretell.worker.training.learn.Parameters;
import dev.foretell.worker.training.learn.Size;
import dev.foretell.worker.training.prepare.Preparation;
import dev.foretell.worker.training.prepare.PreparationOptions;
import dev.foretell.worker.training.table.Features;
import dev.foretell.worker.training.table.Table;
import dev.foretell.worker.training.table.Target;
import dev.foretell.worker.training.table.TargetKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What is to be trained: imputing, encoding, scaling and selection, then the algorithm. */
public record Pipeline(Algorithm algorithm, Parameters parameters, PreparationOptions preparation, long seed) {
    /** The maximum size of a model file; the format ends at 2 GiB. */
    private static final long MOST_MEGABYTES = 1024;

    public Pipeline {
        if (algorithm.isScaled() && preparation.scale() == Scale.NONE) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "The algorithm '" + algorithm.word() + "' learns from scaled numbers: choose a scaling other than '"
                            + Scale.NONE.word() + "'.");
        }
    }

    /**
     * One with all features, standardised where the algorithm wants that.
     *
     * @throws ServingException INVALID_INPUT for parameters that the algorithm does not have, or that are out of range
     */
    public static Pipeline of(Algorithm algorithm, Map<String, ? extends Number> parameters, long seed) {
        return new Pipeline(
                algorithm, algorithm.parameters(parameters), PreparationOptions.usual(algorithm.isScaled()), seed);
    }

    public Pipeline with(PreparationOptions options) {
        return new Pipeline(algorithm, parameters, options, seed);
    }

    /** @throws ServingException INVALID_INPUT for a table that this cannot be trained on, or whose model would not fit a file */
    public void check(Table table) {
        check(table.features(), table.target(), table.rows());
    }

    /**
     * @param features columns, with or without their rows
     * @param rows how many rows the table has
     */
    public void check(Features features, Target target, int rows) {
        requireLearns(target);
        requireFreeNames(features, target);
        requireSmallFile(new Size(rows, Preparation.widest(features), target.outputs()));
    }

    private void requireLearns(Target target) {
        if (!algorithm.learns(target.kind())) {
            boolean isClasses = target.kind() == TargetKind.CLASSIFICATION;
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "The algorithm '" + algorithm.word() + "' is not for " + kindOf(target) + ", and the target '"
                            + target.name() + "' holds " + (isClasses ? "classes" : "numbers")
                            + (isClasses
                                    ? ": "
                                    : ". If they are names of classes, say so (parameters.categories, --category "
                                            + target.name() + "); else ")
                            + "choose one of " + others(target) + ".");
        }
    }

    private static String kindOf(Target target) {
        return target.kind().name().toLowerCase(Locale.ROOT);
    }

    private static String others(Target target) {
        return Arrays.stream(Algorithm.values())
                .filter(other -> other.learns(target.kind()))
                .map(Algorithm::word)
                .collect(Collectors.joining(", "));
    }

    private void requireSmallFile(Size size) {
        long megabytes = algorithm.fileBytes(size, parameters) >> 20;
        if (megabytes > MOST_MEGABYTES) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "The model file of '" + algorithm.word() + "' may have " + megabytes + " MiB for this table; "
                            + MOST_MEGABYTES
                            + " is the maximum: train on fewer rows, or choose parameters for a smaller model.");
        }
    }

    private static void requireFreeNames(Features features, Target target) {
        for (String output : Answers.to(target).names()) {
            if (features.names().contains(output)) {
                throw new ServingException(
                        FailureKind.INVALID_INPUT,
                        "A column has the name '" + output
                                + "', which the model file has for its output: rename the column.");
            }
        }
    }

    /**
     * Checks, then learns. The same pipeline and table make the same model, byte for byte.
     *
     * @param threads that may work on it at once
     */
    public TrainedPipeline train(Table table, int threads) {
        check(table);
        Preparation learned = Preparation.learn(table.features(), table.target(), preparation);
        Lesson lesson = new Lesson(
                learned.apply(table.features()), learned.deviations(), table.target(), parameters, seed, threads);
        return new TrainedPipeline(
                learned, algorithm.learn(lesson), table.features().names(), Answers.to(table.target()));
    }
}
