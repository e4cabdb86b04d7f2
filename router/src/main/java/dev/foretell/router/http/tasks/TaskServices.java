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
    /** What only the URLs of trainers use, but for cancelling. */
    public record ForTrainers(Trainers trainers, ClaimQueue claims, ModelRelease release) {}

    public Trainers trainers() {
        return forTrainers.trainers();
    }

    public ClaimQueue claims() {
        return forTrainers.claims();
    }

    public ModelRelease release() {
        return forTrainers.release();
    }

    /** Ends a task at once; a version that it registers just then does not stay. */
    public Future<Task> cancel(String id) {
        return tasks.cancel(id).compose(task -> release().withdraw(task).map(task));
    }
}
