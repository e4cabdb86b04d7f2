package dev.foretell.router.http.tasks;

import dev.foretell.router.tasks.ClaimQueue;
import dev.foretell.router.tasks.Task;
import dev.foretell.router.tasks.TaskFeed;
import dev.foretell.router.tasks.TaskFiles;
import dev.foretell.router.tasks.Tasks;
import dev.foretell.router.tasks.TasksConfig;
import dev.foretell.router.tasks.Trainers;
import dev.foretell.router.tasks.TrainingConfig;
import dev.foretell.router.tasks.release.ModelRelease;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** The services behind the URLs of tasks. */
public record TaskServices(
        Tasks tasks,
        TaskFeed feed,
        TaskFiles files,
        ForTrainers forTrainers,
        Supplier<TasksConfig> config,
        Supplier<TrainingConfig> training) {
    /** The services behind the URLs of trainers. */
    public record ForTrainers(Trainers trainers, ClaimQueue claims, ModelRelease release) {}

    /** Cancels a task at once, and withdraws a version that it registers just then. */
    public Future<Task> cancel(String id) {
        return tasks.cancel(id)
                .compose(task -> forTrainers.release().withdraw(task).map(task));
    }
}
