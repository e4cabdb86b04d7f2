package dev.foretell.router;

import dev.foretell.router.overview.Problem;
import dev.foretell.router.store.StateStore;
import dev.foretell.router.tasks.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the router's own parts report as wrong.
 *
 * @param folder the problem with the folder of model files; empty if there is none
 */
record Trouble(StateStore store, Supplier<String> folder, TrainingTasks tasks) {
    private static final int USUAL_QUEUE = 10;

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
        if (waiting > USUAL_QUEUE && tasks.summary().count(TaskState.RUNNING) == 0) {
            found.add(Problem.warning(
                    waiting + " training tasks wait and none runs",
                    "/ui/#/tasks",
                    "start a trainer: foretell trainer"));
        }
        return found;
    }
}
