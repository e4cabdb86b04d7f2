package dev.foretell.commons.training;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.NearestNames;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The figures of merit that models are compared by, under scikit-learn's names: the greater, the better. */
public enum MetricName {
    ACCURACY,
    BALANCED_ACCURACY,
    F1_MACRO,
    NEG_LOG_LOSS,
    NEG_MEAN_SQUARED_ERROR,
    NEG_ROOT_MEAN_SQUARED_ERROR,
    NEG_MEAN_ABSOLUTE_ERROR,
    NEG_MEDIAN_ABSOLUTE_ERROR,
    R2;

    /** {@code neg_log_loss}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws ServingException INVALID_INPUT for a name that no figure has, with the nearest names */
    public static MetricName ofName(String word) {
        List<String> words = Arrays.stream(values()).map(MetricName::word).toList();
        if (!words.contains(word)) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "there is no metric '" + NearestNames.abbreviate(word) + "', only " + String.join(", ", words)
                            + NearestNames.of(word, words));
        }
        return values()[words.indexOf(word)];
    }
}
