package dev.foretell.router.tasks;

import java.util.EnumMap;
import java.util.Map;

/**
 * How many tasks there are.
 *
 * @param tasks by state, now
 * @param ended by state, ever
 * @param oldestQueuedMs when the oldest of those that wait was made, in milliseconds since 1970; 0 where none waits
 */
public record TaskSummary(Map<TaskState, Long> tasks, Map<TaskState, Long> ended, long oldestQueuedMs) {
    public static final TaskSummary NONE = new TaskSummary(Map.of(), Map.of(), 0);

    public TaskSummary {
        tasks = copy(tasks);
        ended = copy(ended);
    }

    private static Map<TaskState, Long> copy(Map<TaskState, Long> counts) {
        Map<TaskState, Long> copy = new EnumMap<>(TaskState.class);
        copy.putAll(counts);
        return copy;
    }

    public long count(TaskState state) {
        return tasks.getOrDefault(state, 0L);
    }
}
