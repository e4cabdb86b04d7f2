package dev.foretell.commons.training;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.NearestNames;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What trains the model of a task. */
public enum EngineName {
    /** Foretell itself, in the memory of the task's process. */
    FORETELL,
    /** Apache Spark: tables larger than memory, more than one machine. */
    SPARK;

    /** The name that orders have for it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws ServingException INVALID_INPUT for a name that no engine has */
    public static EngineName ofName(String word) {
        List<String> words = Arrays.stream(values()).map(EngineName::word).toList();
        if (!words.contains(word)) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "there is no engine '" + NearestNames.abbreviate(word) + "', only " + String.join(", ", words)
                            + NearestNames.of(word, words));
        }
        return values()[words.indexOf(word)];
    }
}
