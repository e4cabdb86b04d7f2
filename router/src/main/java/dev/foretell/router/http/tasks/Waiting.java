package dev.foretell.router.http.tasks;

import dev.foretell.commons.training.EngineName;
import dev.foretell.router.tasks.Task;
import dev.foretell.router.tasks.TaskState;
import java.util.Set;

/**
 * Why queued tasks wait, as far as it is not for their turn.
 *
 * @param there the engines of all trainers that are there
 * @param own the engines of the trainer that this router starts when tasks wait
 */
record Waiting(Set<EngineName> there, Set<EngineName> own) {
    Waiting {
        there = Set.copyOf(there);
        own = Set.copyOf(own);
    }

    /** Empty where there is nothing to say. */
    String reason(Task task) {
        EngineName engine = task.order().engine();
        return task.state() != TaskState.QUEUED || there.contains(engine)
                ? ""
                : missing(engine)
                        + (own.contains(engine) ? "; this router starts one" : "; start one with: " + start(engine));
    }

    private static String missing(EngineName engine) {
        return switch (engine) {
            case FORETELL -> "no trainer is connected";
            case SPARK -> "no trainer with Spark is connected";
        };
    }

    private static String start(EngineName engine) {
        return switch (engine) {
            case FORETELL -> "foretell trainer --router URL";
            case SPARK -> "foretell trainer --router URL --spark-home DIR";
        };
    }
}
