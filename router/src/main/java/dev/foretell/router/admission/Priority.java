package dev.foretell.router.admission;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import org.jspecify.annotations.Nullable;

/** Who goes first when calls wait, and who is shed last. The first is the highest. */
public enum Priority {
    HIGH,
    NORMAL,
    LOW;

    /**
     * The priority of a call.
     *
     * @param name as it stands in the header; null for {@link #NORMAL}
     * @throws ServingException {@link FailureKind#INVALID_INPUT} if there is none of that name
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
