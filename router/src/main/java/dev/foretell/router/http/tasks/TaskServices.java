package dev.foretell.router.http.tasks;

import dev.foretell.router.tasks.ClaimQueue;
import dev.foretell.router.tasks.ModelRelease;
import dev.foretell.router.tasks.TaskFeed;
import dev.foretell.router.tasks.TaskFiles;
import dev.foretell.router.tasks.Tasks;
import dev.foretell.router.tasks.TasksConfig;
import dev.foretell.router.tasks.Trainers;
import java.util.function.Supplier;

/** What the URLs of tasks are served from. */
public record TaskServices(
        Tasks tasks,
        Trainers trainers,
        ClaimQueue claims,
        TaskFeed feed,
        TaskFiles files,
        ModelRelease release,
        Supplier<TasksConfig> config) {}
