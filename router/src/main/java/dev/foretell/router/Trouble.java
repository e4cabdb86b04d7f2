package dev.foretell.router;

import dev.foretell.commons.identity.Counted;
import dev.foretell.router.overview.Problem;
import dev.foretell.router.store.StateStore;
import dev.foretell.router.tasks.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the router's own parts report as wrong.
 *
 * @param folder the problem with the folder of model files; empty if there is none
 */
record Trouble(StateStore store, Supplier<String> folder, TrainingTasks tasks) {
    /** A trainer of the router's own starts within seconds. */
    private static final Duration USUAL_WAIT = Duration.ofMinutes(1);

    List<Problem> problems() {
        List<Problem> found = new ArrayList<>();
        if (!store.availability().takesWrites()) {
            found.add(Problem.critical(
                    store.availability().sentence(),
                    "/readyz",
                    "see to Redis; predictions go on meanwhile, and changes are refused"));
        }
        List<String> unreadable = store.unreadable();
        if (!unreadable.isEmpty()) {
            found.add(Problem.critical(
                    "entries in Redis cannot be read, such as " + unreadable.get(0),
                    "/readyz",
                    "repair or delete them"));
        }
        if (!folder.get().isEmpty()) {
            found.add(Problem.critical(folder.get(), "/readyz", "see to the folder of the models"));
        }
        long waiting = tasks.summary().count(TaskState.QUEUED);
        if (tasks.oldestWait().compareTo(USUAL_WAIT) > 0 && tasks.summary().count(TaskState.RUNNING) == 0) {
            found.add(Problem.warning(
                    Counted.of(waiting, "training task") + " waiting, none runs",
                    "/ui/#/tasks",
                    "start a trainer that can run them: foretell trainer"));
        }
        return found;
    }
}
