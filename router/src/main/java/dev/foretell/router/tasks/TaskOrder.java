package dev.foretell.router.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.foretell.commons.training.EngineName;
import org.jspecify.annotations.Nullable;

/**
 * A caller's order; it never changes.
 *
 * @param kind {@code train}, {@code automl} or {@code code}
 * @param name a name for people; may be empty
 * @param parameters the parameters of the training, such as algorithm and target; the trainer reads them
 */
public record TaskOrder(
        String kind,
        String name,
        JsonNode parameters,
        TaskData data,
        TaskLimits limits,
        @Nullable ServeOrder serve) {
    /** An algorithm learns from the table. */
    public static final String TRAIN = "train";
    /** A search finds the best pipeline for the table. */
    public static final String AUTOML = "automl";
    /** Training code of a user's own gets the table. */
    public static final String CODE = "code";

    /** What its trainer must have. */
    public EngineName engine() {
        JsonNode named = kind.equals(TRAIN) ? parameters.path("engine") : MissingNode.getInstance();
        return named.isTextual() ? EngineName.ofName(named.asText()) : EngineName.FORETELL;
    }
}
