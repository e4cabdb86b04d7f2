package dev.foretell.router.tasks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a task is in its life. */
public enum TaskState {
    /** Waits for a trainer: for the first time, or because its trainer was lost. */
    QUEUED,
    /** A trainer has it, and says so again and again. */
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    public boolean isFinal() {
        return this != QUEUED && this != RUNNING;
    }

    /** By name, in any case. */
    public static Optional<TaskState> of(String name) {
        return Arrays.stream(values())
                .filter(state -> state.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    /** The names, for people. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Enum::name).toList();
    }
}
