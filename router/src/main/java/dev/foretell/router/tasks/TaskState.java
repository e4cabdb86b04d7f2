package dev.foretell.router.tasks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The state of a task. */
public enum TaskState {
    /** It waits for a trainer, for the first time or because its trainer was lost. */
    QUEUED,
    /** A trainer has it and renews its lease. */
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    public boolean isFinal() {
        return this != QUEUED && this != RUNNING;
    }

    /** The state with this name, in upper or lower case. */
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
