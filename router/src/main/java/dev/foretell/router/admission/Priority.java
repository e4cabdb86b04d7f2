package dev.foretell.router.admission;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import org.jspecify.annotations.Nullable;

/** The priority of waiting calls: the first constant is the highest. The lowest is shed first. */
public enum Priority {
    HIGH,
    NORMAL,
    LOW;

    /**
     * Parses the priority of a call.
     *
     * @param name the value of the header; null for {@link #NORMAL}
     * @throws ServingException {@link FailureKind#INVALID_INPUT} if the name is unknown
     */
    public static Priority of(@Nullable String name) {
        if (name == null) {
            return NORMAL;
        }
        return switch (name) {
            case "high" -> HIGH;
            case "normal" -> NORMAL;
            case "low" -> LOW;
            default -> throw new ServingException(FailureKind.INVALID_INPUT, "X-Priority must be high, normal or low");
        };
    }
}
