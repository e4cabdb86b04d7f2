package dev.foretell.commons.training;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.NearestNames;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** By what each number, less its mean, is divided. */
public enum Scale {
    /** Numbers stay as they are, the mean included: for algorithms that only compare them. */
    NONE,
    /** The standard deviation. */
    STANDARD,
    /** The largest less the smallest. */
    RANGE,
    /** The difference of the quartiles, which outliers do not move; the standard deviation where that is under a tenth of it. */
    QUARTILES;

    /** @throws ServingException INVALID_INPUT for a word that no scale has */
    public static Scale ofName(String word) {
        List<String> words = Arrays.stream(values()).map(Scale::word).toList();
        if (!words.contains(word)) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "there is no scaling '" + NearestNames.abbreviate(word) + "', only " + String.join(", ", words)
                            + NearestNames.of(word, words));
        }
        return values()[words.indexOf(word)];
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
