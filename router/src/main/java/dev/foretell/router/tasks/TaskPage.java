package dev.foretell.router.tasks;

import java.util.List;

/**
 * One page of tasks, the newest first.
 *
 * @param next the start of the next page; empty on the last page
 */
public record TaskPage(List<Task> tasks, String next) {
    public TaskPage {
        tasks = List.copyOf(tasks);
    }
}
