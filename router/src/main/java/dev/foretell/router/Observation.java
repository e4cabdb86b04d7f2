package dev.foretell.router;

import dev.foretell.router.events.Event;
import dev.foretell.router.events.EventKind;
import dev.foretell.router.events.EventLog;
import dev.foretell.router.history.History;
import dev.foretell.router.history.HistoryFile;
import dev.foretell.router.http.admin.WorkerViews;
import dev.foretell.router.http.dashboard.DashboardApi;
import dev.foretell.router.http.dashboard.EventsApi;
import dev.foretell.router.http.dashboard.RecordedWrites;
import dev.foretell.router.http.dashboard.Streams;
import dev.foretell.router.http.dashboard.UiFiles;
import dev.foretell.router.http.edge.RouteGroup;
import dev.foretell.router.http.edge.WriteLog;
import dev.foretell.router.http.message.BackgroundWork;
import dev.foretell.router.overview.Observer;
import dev.foretell.router.tasks.Task;
import dev.foretell.router.upstream.pool.EndpointPools;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the router knows about itself: the figures of now and of the last day, its events, and who may watch them live. */
final class Observation {
    private static final Logger LOG = LoggerFactory.getLogger(Observation.class);
    private static final Duration EVERY_SECOND = Duration.ofSeconds(1);
    private static final Duration SAVE_EVERY = Duration.ofMinutes(1);

    private final Vertx vertx;
    private final WorkerExecutor thread;
    private final Observer observer;
    private final EventLog log;
    private final HistoryFile file;
    private final Streams streams;
    private final WorkerViews workers;
    private final Trouble trouble;
    /** Of the observer's thread. */
    private boolean wasUp = true;

    Observation(
            Vertx vertx,
            RouterConfig config,
            Observer.Sources sources,
            EventLog.Store store,
            WorkerViews workers,
            Trouble trouble) {
        this.vertx = vertx;
        this.workers = workers;
        this.trouble = trouble;
        this.thread = vertx.createSharedWorkerExecutor("observer", 1, 60, TimeUnit.SECONDS);
        this.log = new EventLog(store);
        this.observer = new Observer(
                sources,
                new History(Observer.durations()),
                log,
                new Observer.Words(endpoint -> workers.explain(endpoint).why(), trouble::problems),
                Observer.Clocks.system());
        this.file = new HistoryFile(path(config));
        this.streams = new Streams(
                vertx,
                observer,
                log,
                new Streams.Limits(
                        config.http().connections().maxStreams(),
                        config.http().connections().maxUnreadBytes()));
    }

    /** Routers of one folder may have several ports. */
    private static Path path(RouterConfig config) {
        return config.state()
                .redis()
                .data()
                .resolve("history-" + config.http().listener().port() + ".bin");
    }

    Observation enter(Lifecycle lifecycle) {
        lifecycle.jobs().every(EVERY_SECOND, () -> thread.executeBlocking(this::look));
        lifecycle.jobs().every(EVERY_SECOND, log::exchange);
        lifecycle.jobs().every(SAVE_EVERY, this::save);
        lifecycle.shutdown().add(this::save);
        lifecycle.shutdown().add(log::exchange);
        return this;
    }

    private boolean look() {
        boolean isUp = trouble.store().isUp();
        if (isUp != wasUp) {
            wasUp = isUp;
            record(EventKind.ROUTER, "the state store is " + (isUp ? "back" : "away"), Event.Change.NONE);
        }
        observer.look();
        return true;
    }

    private Future<Boolean> save() {
        return vertx.executeBlocking(
                        () -> {
                            file.save(observer.history());
                            return true;
                        },
                        false)
                .onFailure(e -> LOG.warn("The history of calls could not be saved: {}", e.toString()));
    }

    /** Follows what the router itself decides. */
    void follow(ModelServices models, TrainingTasks tasks) {
        models.traffic()
                .canaries()
                .onVerdict((model, why) -> record(
                        EventKind.MODEL, "the canary of " + model + " is rolled back: " + why, Event.Change.NONE));
        tasks.services()
                .tasks()
                .onStep((before, after) -> record(
                        EventKind.TASK,
                        "task " + after.id() + " is " + after.state() + reason(after),
                        new Event.Change(word(before), word(after))));
    }

    private static String reason(Task task) {
        return task.outcome().error().isEmpty() ? "" : ": " + task.outcome().error();
    }

    private static String word(Task task) {
        return task.state().name().toLowerCase(Locale.ROOT);
    }

    /** Begins once the state is restored. */
    Future<Void> restore() {
        return vertx.executeBlocking(
                        () -> {
                            file.load(observer.history());
                            return true;
                        },
                        false)
                .onSuccess(loaded -> record(EventKind.ROUTER, "the router started", Event.Change.NONE))
                .mapEmpty();
    }

    void record(EventKind kind, String what, Event.Change change) {
        log.record(Event.of(kind, Clock.systemUTC().instant(), what, change));
    }

    List<RouteGroup.Factory> groups(RouteGroups.Features features, EndpointPools pools, BackgroundWork work) {
        DashboardApi dashboard = new DashboardApi(
                new DashboardApi.Sources(
                        pools,
                        features.models().registry(),
                        features.ensembles().registry(),
                        features.ensembles().live(),
                        features.models().traffic().versions(),
                        workers),
                observer,
                work);
        UiFiles files = new UiFiles();
        return List.of(
                (loop, answers, access) -> dashboard,
                (loop, answers, access) -> files,
                (loop, answers, access) -> new EventsApi(observer, streams.on(loop), work));
    }

    WriteLog writes(RecordedWrites.Sources sources, LiveSettings settings) {
        return new RecordedWrites(
                log, sources, () -> settings.current().http().adminAccess().token() != null, Clock.systemUTC());
    }

    /** Ends all streams, because the router stops. */
    void close() {
        streams.close();
    }
}
