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

/** What the URLs of tasks are served from. */
public record TaskServices(
        Tasks tasks,
        Trainers trainers,
        ClaimQueue claims,
        TaskFeed feed,
        TaskFiles files,
        ModelRelease release,
        Supplier<TasksConfig> config,
        Supplier<TrainingConfig> training) {
    /** Ends a task at once; a version that it registers just then does not stay. */
    public Future<Task> cancel(String id) {
        return tasks.cancel(id).compose(task -> release.withdraw(task).map(task));
    }
}
