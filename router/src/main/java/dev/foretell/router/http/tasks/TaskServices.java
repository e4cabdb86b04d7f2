package dev.foretell.router.http.tasks;

import dev.foretell.commons.training.EngineName;
import dev.foretell.router.tasks.ClaimQueue;
import dev.foretell.router.tasks.Task;
import dev.foretell.router.tasks.TaskFeed;
import dev.foretell.router.tasks.TaskFiles;
import dev.foretell.router.tasks.TaskState;
import dev.foretell.router.tasks.Tasks;
import dev.foretell.router.tasks.TasksConfig;
import dev.foretell.router.tasks.Trainers;
import dev.foretell.router.tasks.TrainingConfig;
import dev.foretell.router.tasks.help.SearchHelp;
import dev.foretell.router.tasks.release.ModelRelease;
import io.vertx.core.Future;
import java.util.EnumSet;
import java.util.Set;
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
    public record ForTrainers(Trainers trainers, ClaimQueue claims, ModelRelease release, SearchHelp help) {}

    /** Why queued tasks wait at this moment. */
    Future<Waiting> waiting() {
        return forTrainers.trainers().engines().map(there -> new Waiting(there, own()));
    }

    /** The engines of the trainer that this router starts. */
    private Set<EngineName> own() {
        return !config.get().trainer()
                ? Set.of()
                : training.get().hasSpark() ? EnumSet.allOf(EngineName.class) : EnumSet.of(EngineName.FORETELL);
    }

    /** A task, with the reason for which it waits. */
    Future<TaskView> show(Task task) {
        return task.state() == TaskState.QUEUED
                ? waiting().map(waiting -> TaskView.of(task, waiting.reason(task)))
                : Future.succeededFuture(TaskView.of(task));
    }

    /** Cancels a task at once, and withdraws a version that it registers just then. */
    public Future<Task> cancel(String id) {
        return tasks.cancel(id)
                .compose(task -> forTrainers.release().withdraw(task).map(task));
    }

    /** Takes back what a cancelled task has registered nevertheless. */
    public Future<Void> withdrawIfCancelled(String id) {
        return tasks.find(id)
                .compose(found -> found.filter(task -> task.state() == TaskState.CANCELLED)
                        .map(forTrainers.release()::withdraw)
                        .orElseGet(Future::succeededFuture));
    }
}
