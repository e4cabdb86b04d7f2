package dev.foretell.router.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants done; never changes.
 *
 * @param kind {@code train} or {@code code}
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
    /** An algorithm learns from the table. */
    public static final String TRAIN = "train";
    /** Training code of a user's own gets the table. */
    public static final String CODE = "code";
}
