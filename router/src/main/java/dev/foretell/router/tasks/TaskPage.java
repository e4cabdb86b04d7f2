package dev.foretell.router.tasks;

import java.util.List;

/**
 * Some tasks, the newest first.
 *
 * @param next where the following page begins; empty after the last
 */
public record TaskPage(List<Task> tasks, String next) {
    public TaskPage {
        tasks = List.copyOf(tasks);
    }
}
