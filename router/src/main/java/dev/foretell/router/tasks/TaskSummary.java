package dev.foretell.router.tasks;

import java.util.EnumMap;
import java.util.Map;

/**
 * The numbers of tasks.
 *
 * @param tasks the present tasks by state
 * @param ended all tasks that have ever ended, by state
 * @param oldestQueuedMs the creation time of the oldest queued task, in milliseconds since 1970; 0 if the queue is empty
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
