package dev.foretell.router.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants done; never changes.
 *
 * @param kind {@code train}
 * @param name for people
 * @param parameters of the training: algorithm, target and so on, which the trainer reads
 */
public record TaskOrder(
        String kind,
        String name,
        JsonNode parameters,
        TaskData data,
        TaskLimits limits,
        @Nullable ServeOrder serve) {
    /** The only kind so far. */
    public static final String TRAIN = "train";
}
