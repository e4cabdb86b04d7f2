package dev.foretell.router;

import dev.foretell.router.http.tasks.TaskServices;
import dev.foretell.router.models.ModelsConfig;
import dev.foretell.router.models.files.ModelFiles;
import dev.foretell.router.models.files.ModelFolder;
import dev.foretell.router.store.StateStore;
import dev.foretell.router.tasks.ClaimQueue;
import dev.foretell.router.tasks.TaskFeed;
import dev.foretell.router.tasks.TaskFiles;
import dev.foretell.router.tasks.TaskState;
import dev.foretell.router.tasks.TaskStore;
import dev.foretell.router.tasks.TaskSummary;
import dev.foretell.router.tasks.Tasks;
import dev.foretell.router.tasks.TasksConfig;
import dev.foretell.router.tasks.Trainers;
import dev.foretell.router.tasks.UnusedFiles;
import dev.foretell.router.tasks.help.SearchHelp;
import dev.foretell.router.tasks.release.ModelRelease;
import dev.foretell.router.tasks.release.SearchEnsemble;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The router's services and background jobs for training tasks. Thread-safe. */
final class TrainingTasks {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingTasks.class);
    private static final Duration EVERY_SECOND = Duration.ofSeconds(1);
    private static final Duration EVERY_TEN_SECONDS = Duration.ofSeconds(10);
    private static final Duration EVERY_MINUTE = Duration.ofMinutes(1);
    private static final Duration EVERY_HOUR = Duration.ofHours(1);
    /** For so long a version is checked against its task. */
    private static final Duration FRESH = Duration.ofMinutes(10);

    private final TaskStore store;
    private final TaskServices services;
    private final UnusedFiles unused;
    private final ModelFiles files;
    private volatile TaskSummary summary = TaskSummary.NONE;
    private volatile Runnable onWaiting = () -> {};

    private TrainingTasks(TaskStore store, TaskServices services, ModelFiles files) {
        this.store = store;
        this.services = services;
        this.files = files;
        this.unused =
                new UnusedFiles(store, services.files(), services.forTrainers().release()::tables);
    }

    static TrainingTasks of(
            Vertx vertx, LiveSettings settings, ModelServices models, EnsembleServices ensembles, StateStore state) {
        TaskStore store = state.tasks();
        Supplier<TasksConfig> config = () -> settings.current().tasks();
        Path folder = folder(settings.current());
        ModelFiles kept = new ModelFolder(vertx, folder, config.get().files().maxDataBytes());
        TaskFiles files = new TaskFiles(vertx, kept, folder, config);
        Tasks tasks = new Tasks(store, config, Clock.systemUTC(), new SecureRandom());
        Trainers trainers = new Trainers(store, tasks, config, Clock.systemUTC(), System::nanoTime);
        SearchHelp help = new SearchHelp(state.offers(), tasks, config, Clock.systemUTC(), System::nanoTime);
        ModelRelease release = new ModelRelease(
                models.registry(),
                models.uploads(),
                models.traffic().rollouts(),
                files,
                new SearchEnsemble(ensembles.registry(), ensembles.check()));
        TaskServices services = new TaskServices(
                tasks,
                new TaskFeed(store),
                files,
                new TaskServices.ForTrainers(trainers, new ClaimQueue(trainers, store), release, help),
                config,
                () -> settings.current().learning().training());
        return new TrainingTasks(store, services, kept);
    }

    private static Path folder(RouterConfig config) {
        ModelsConfig models = config.models();
        return config.tasks().folder(models.folder(config.state().redis().data()));
    }

    TrainingTasks enter(Lifecycle lifecycle) {
        lifecycle.jobs().every(EVERY_SECOND, this::count);
        lifecycle.jobs().every(EVERY_SECOND, services.forTrainers().trainers()::takeBack);
        lifecycle.jobs().every(EVERY_TEN_SECONDS, this::withdrawCancelled);
        lifecycle.jobs().every(EVERY_MINUTE, services.tasks()::deleteOutdated);
        lifecycle.jobs().every(EVERY_HOUR, this::sweepFiles);
        lifecycle
                .settings()
                .readWhenUsed(
                        "tasks.trainer",
                        "tasks.data-folder",
                        "tasks.max-queued",
                        "tasks.keep",
                        "tasks.max-kept",
                        "tasks.lease",
                        "tasks.attempts",
                        "tasks.time",
                        "tasks.max-time",
                        "tasks.memory-mb",
                        "tasks.max-memory-mb",
                        "tasks.log-lines",
                        "training.allow-source",
                        "training.spark-masters");
        return this;
    }

    TaskServices services() {
        return services;
    }

    /** Calls the listener once a second while tasks wait and the router may start a trainer. */
    void onWaiting(Runnable listener) {
        onWaiting = listener;
    }

    /** The last count, about a second old. */
    TaskSummary summary() {
        return summary;
    }

    /** For how long the oldest queued task has waited; zero if none waits. */
    Duration oldestWait() {
        long since = summary.oldestQueuedMs();
        return since == 0 ? Duration.ZERO : Duration.ofMillis(Clock.systemUTC().millis() - since);
    }

    /** Also serves waiting trainers, because a change may have gone missing. */
    private Future<TaskSummary> count() {
        return store.open().onSuccess(counted -> {
            summary = counted;
            services.forTrainers().claims().serve();
            if (counted.count(TaskState.QUEUED) > 0 && services.config().get().trainer()) {
                onWaiting.run();
            }
        });
    }

    /** The router that registered a version of a cancelled task may have died before it could take the version back. */
    private Future<Void> withdrawCancelled() {
        long since = Clock.systemUTC().millis() - FRESH.toMillis();
        return Future.join(services.forTrainers().release().tasksSince(since).stream()
                        .map(services::withdrawIfCancelled)
                        .toList())
                .mapEmpty();
    }

    private Future<Void> sweepFiles() {
        return unused.sweep()
                .compose(swept -> files.sweep(digest -> true))
                .onFailure(failure -> LOG.warn("Could not tidy up the files of tasks: {}", failure.getMessage()));
    }

    /** Gives each trainer a whole lease from now on, because none could be heard. */
    void restartGrace() {
        services.forTrainers().trainers().restartGrace();
        store.open();
    }

    /** Ends all waits for tasks. */
    void close() {
        services.forTrainers().claims().close();
        services.forTrainers().help().close();
    }
}
