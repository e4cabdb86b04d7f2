package dev.foretell.worker.training.score;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.worker.training.pipeline.Predictions;
import dev.foretell.worker.training.table.ClassTarget;
import dev.foretell.worker.training.table.NumberTarget;
import dev.foretell.worker.training.table.Target;
import dev.foretell.worker.training.table.TargetKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Collectors;

/** Metrics, under scikit-learn's names. Greater is better, so errors are negative. */
public enum Scoring {
    ACCURACY(ClassScores::accuracy),
    /** The mean recall over the classes; classes without rows do not count. */
    BALANCED_ACCURACY(ClassScores::balancedAccuracy),
    /** The mean over classes of the harmonic mean of precision and recall. */
    F1_MACRO(ClassScores::f1),
    /** The mean logarithm of the right class's probability; smaller probabilities count as 1e-15. */
    NEG_LOG_LOSS(ClassScores::logLikelihood),
    NEG_MEAN_SQUARED_ERROR(NumberScores::squaredError, TargetKind.REGRESSION),
    NEG_ROOT_MEAN_SQUARED_ERROR(NumberScores::rootSquaredError, TargetKind.REGRESSION),
    NEG_MEAN_ABSOLUTE_ERROR(NumberScores::absoluteError, TargetKind.REGRESSION),
    NEG_MEDIAN_ABSOLUTE_ERROR(NumberScores::medianError, TargetKind.REGRESSION),
    /** The share of the variance that is explained. */
    R2(NumberScores::r2, TargetKind.REGRESSION);

    private final ToDoubleBiFunction<Target, Predictions> score;
    private final TargetKind kind;

    Scoring(ToDoubleBiFunction<ClassTarget, Predictions> score) {
        this.score = (target, predictions) -> score.applyAsDouble((ClassTarget) target, predictions);
        this.kind = TargetKind.CLASSIFICATION;
    }

    Scoring(ToDoubleBiFunction<NumberTarget, Predictions> score, TargetKind kind) {
        this.score = (target, predictions) -> score.applyAsDouble((NumberTarget) target, predictions);
        this.kind = kind;
    }

    /** The metrics for a kind of target; the first is the default. */
    public static List<Scoring> of(TargetKind kind) {
        return Arrays.stream(values()).filter(scoring -> scoring.kind == kind).toList();
    }

    /** @throws ServingException INVALID_INPUT if no metric for this kind of target has the name */
    public static Scoring ofName(String word, TargetKind kind) {
        return of(kind).stream()
                .filter(scoring -> scoring.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new ServingException(
                        FailureKind.INVALID_INPUT,
                        "There is no scoring '" + word + "' for " + kind.name().toLowerCase(Locale.ROOT)
                                + "; there are "
                                + of(kind).stream().map(Scoring::word).collect(Collectors.joining(", ")) + "."));
    }

    /** scikit-learn's name for it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @param truth a target of the metric's kind */
    public double score(Target truth, Predictions predictions) {
        return score.applyAsDouble(truth, predictions);
    }
}
