package dev.foretell.router.http.tasks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.router.tasks.Task;
import dev.foretell.router.tasks.TaskOrder;
import dev.foretell.router.tasks.TaskState;
import org.jspecify.annotations.Nullable;

/**
 * The candidates of a search, the best first: its ten best while it runs, its hundred best once it has SUCCEEDED.
 *
 * @param search what there is to say of the whole search; null until it has ended
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LeaderboardView(String id, TaskState state, @Nullable JsonNode search, JsonNode leaderboard) {
    /** @throws ServingException {@link FailureKind#NOT_FOUND} for a task that is no search */
    static LeaderboardView of(Task task) {
        if (!task.order().kind().equals(TaskOrder.AUTOML)) {
            throw new ServingException(
                    FailureKind.NOT_FOUND,
                    "task " + task.id() + " is no search, so it has no leaderboard: order one of the kind automl");
        }
        JsonNode result = object(task.outcome().result());
        JsonNode rows = result.has("leaderboard") ? result : object(task.run().progress());
        return new LeaderboardView(
                task.id(),
                task.state(),
                result.has("search") ? result.path("search") : null,
                rows.has("leaderboard") ? rows.path("leaderboard") : Json.MAPPER.createArrayNode());
    }

    private static JsonNode object(@Nullable JsonNode told) {
        return told == null ? Json.MAPPER.createObjectNode() : told;
    }
}
