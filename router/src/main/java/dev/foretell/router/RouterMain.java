package dev.foretell.router;

import dev.foretell.commons.identity.Counted;
import dev.foretell.edge.EdgeMemory;
import dev.foretell.edge.OpenConnections;
import dev.foretell.edge.loop.LoopWatch;
import dev.foretell.router.admission.Admission;
import dev.foretell.router.cache.ResponseCaches;
import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.discovery.Announcer;
import dev.foretell.router.ensemble.EnsembleRegistry;
import dev.foretell.router.fallback.Fallbacks;
import dev.foretell.router.http.RouterApi;
import dev.foretell.router.http.admin.FunctionNames;
import dev.foretell.router.http.admin.WorkerViews;
import dev.foretell.router.http.dashboard.RecordedWrites;
import dev.foretell.router.http.edge.Access;
import dev.foretell.router.http.edge.Readiness;
import dev.foretell.router.http.message.BackgroundWork;
import dev.foretell.router.http.message.RouteSupport;
import dev.foretell.router.http.oip.Statistics;
import dev.foretell.router.metrics.Metrics;
import dev.foretell.router.metrics.ModelMetrics;
import dev.foretell.router.metrics.StateMetrics;
import dev.foretell.router.metrics.TaskMetrics;
import dev.foretell.router.metrics.TracingMetrics;
import dev.foretell.router.metrics.WorkerMetrics;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.models.Placements;
import dev.foretell.router.overview.Observer;
import dev.foretell.router.predict.Outcomes;
import dev.foretell.router.predict.Recorder;
import dev.foretell.router.routing.LeaseKey;
import dev.foretell.router.routing.RoutingTables;
import dev.foretell.router.store.StateStore;
import dev.foretell.router.store.connection.Availability;
import dev.foretell.router.upstream.call.ResponseMemory;
import dev.foretell.router.upstream.pool.WorkerHost;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds a router in the order of its dependencies, and shuts it down in the reverse order. It listens from the start,
 * and is ready once its state is restored and its workers are probed.
 */
public final class RouterMain {
    private static final Logger LOG = LoggerFactory.getLogger(RouterMain.class);
    private static final Duration TURN_AWAY = Duration.ofMillis(100);

    private final Vertx vertx;
    private final LiveSettings settings;
    private final Lifecycle lifecycle;
    private final StateStore store;
    private final Fleet fleet;
    private final ModelServices models;
    private final TrainingTasks tasks;
    private final EnsembleServices ensembles;
    private final ResponseMemory responses = ResponseMemory.ofThisProcess();
    private final Admission admission;
    private final PredictPath path;
    private final Readiness readiness;
    private final StateSync sync;
    private final Announcer announcer;
    private final RouterApi api;
    private final Observation observation;
    private final Serving serving;
    private volatile int port;

    private RouterMain(Vertx vertx, RouterConfig config, Supplier<RouterConfig> source, StateStore store) {
        this.vertx = vertx;
        this.store = store;
        settings = new LiveSettings(vertx, config, source);
        lifecycle = new Lifecycle(settings, new BackgroundJobs(vertx), new Shutdown());
        lifecycle.shutdown().add(store::close);
        StateThread work = new StateThread(vertx);
        fleet = Fleet.of(vertx, config, store, new RoutingTables(store.routing(), work), this::leaseLost)
                .enter(lifecycle);
        ModelRegistry registry = new ModelRegistry(store.models(), work);
        models = ModelServices.of(vertx, config, registry, fleet.tables(), fleet.pools(), store.folderMark());
        BackgroundWork background = new BackgroundWork(vertx);
        ensembles = EnsembleServices.of(
                new EnsembleRegistry(store.ensembles(), work),
                fleet,
                registry,
                background,
                responses,
                config.models().type());
        tasks = TrainingTasks.of(vertx, settings, models, ensembles, store).enter(lifecycle);
        admission = new Admission(config.calls().admission(), System::nanoTime);
        settings.on("admission", next -> admission.adopt(next.calls().admission()));
        RequestCounts counts = new RequestCounts(store.counts());
        Outcomes outcomes = new Outcomes(System::nanoTime, System::currentTimeMillis);
        path = new PredictPath(
                        config,
                        models.traffic().versions(),
                        ensembles.live(),
                        fleet.pools(),
                        admission,
                        new Recorder(
                                counts, outcomes, Fallbacks.of(config.calls().fallback(), System::nanoTime)))
                .enter(settings);
        lifecycle
                .shutdown()
                .add(() -> vertx.executeBlocking(() -> {
                    path.tracing().close();
                    return null;
                }));
        StateMetrics state = new StateMetrics(fleet::revision, store::isUp, System::nanoTime);
        sync = new StateSync(vertx, fleet, models, ensembles.registry(), counts, state).enter(lifecycle);
        announcer = new Announcer(vertx, store.records());
        readiness = new Readiness(
                () -> view(store.availability()),
                fleet::revision,
                store::unreadable,
                models.storage().folder()::trouble);
        Metrics metrics = new Metrics(
                new ModelMetrics(
                        fleet.pools(),
                        admission,
                        counts,
                        outcomes,
                        models.traffic().versions(),
                        ensembles.live()),
                new WorkerMetrics(fleet.pools(), fleet.monitor()),
                state,
                new TaskMetrics(tasks::summary, tasks.services().forTrainers().help(), Clock.systemUTC()),
                new TracingMetrics(path.tracing()),
                config.state().redis().data());
        lifecycle.shutdown().add(() -> {
            metrics.close();
            return Future.succeededFuture();
        });
        WorkerViews views = new WorkerViews(fleet.pools(), fleet.monitor(), fleet.leases());
        observation = new Observation(
                        vertx,
                        config,
                        new Observer.Sources(fleet.pools(), fleet.monitor(), ensembles.live(), outcomes, admission),
                        store.events(),
                        views,
                        new Trouble(store, models.storage().folder()::trouble, tasks))
                .enter(lifecycle);
        observation.follow(models, tasks);
        RouteSupport support = new RouteSupport(config.http(), readiness, background, responses);
        RouteGroups groups = new RouteGroups(
                RouteGroups.core(
                        fleet, views, new FunctionNames(registry, ensembles.registry()), counts, settings, support),
                metrics,
                new Statistics(fleet.pools(), ensembles.live(), admission, counts),
                new RouteGroups.Features(models, tasks, ensembles),
                support);
        api = new RouterApi(
                config.http(),
                readiness,
                fleet::revision,
                observation.writes(
                        new RecordedWrites.Sources(
                                fleet.tables(), registry, ensembles.registry(), fleet.drainOrders(), settings::view),
                        settings),
                Stream.concat(
                                groups.all().stream(),
                                observation.groups(groups.features(), fleet.pools(), background).stream())
                        .toList());
        enter(api);
        serving = new Serving(
                vertx,
                readiness,
                OpenConnections.atMost(config.http().connections().maxConnections()));
    }

    private void enter(RouterApi routes) {
        for (String key : List.of("http.writes-from", "http.names", "http.token", "http.access-log")) {
            settings.on(key, next -> routes.adopt(next.http()));
        }
        settings.readWhenUsed("http.drain-delay", "http.drain");
    }

    /**
     * Starts a router. The future completes when the router listens. It fails, without leaving anything behind, if the
     * port is taken or the router's own Redis cannot start.
     */
    public static Future<RouterMain> start(RouterConfig config) {
        return start(config, () -> config);
    }

    /**
     * Starts a router that can change its settings while it runs.
     *
     * @param source reads the settings again; throws {@link dev.foretell.commons.config.ConfigException}
     */
    public static Future<RouterMain> start(RouterConfig config, Supplier<RouterConfig> source) {
        EdgeMemory memory = EdgeMemory.ofThisProcess();
        return startFitting(config.clamp(memory), () -> source.get().clamp(memory));
    }

    private static Future<RouterMain> startFitting(RouterConfig config, Supplier<RouterConfig> source) {
        Vertx vertx = config.http().listener().eventLoops().vertx();
        Promise<RouterMain> started = Promise.promise();
        FreePort.require(vertx, config.http().listener())
                .compose(free -> StateStore.open(vertx, config.state().redis()))
                .compose(store -> new RouterMain(vertx, config, source, store).run())
                .onSuccess(started::complete)
                .onFailure(failure -> vertx.close().onComplete(closed -> started.fail(failure)));
        return started.future();
    }

    /** The port that the router listens on. */
    public int port() {
        return port;
    }

    /** Has a listener called about once a second while tasks wait for a trainer, unless {@code tasks.trainer} is off. */
    public void onTasksWaiting(Runnable listener) {
        tasks.onWaiting(listener);
    }

    /** Reads the settings again; the log has the result. */
    public void reload() {
        settings.reload();
    }

    /** The URLs that the router serves, such as {@code GET /livez}, with the access that each needs. For tests. */
    Map<String, Access> urls() {
        return serving.any().server().urls();
    }

    /** The registered models. For tests. */
    ModelRegistry models() {
        return models.registry();
    }

    /** The admission of calls. For tests and metrics. */
    Admission admission() {
        return admission;
    }

    /** The current settings. For tests. */
    LiveSettings settings() {
        return settings;
    }

    private Future<RouterMain> run() {
        connect();
        return listen().recover(failure -> store.close().transform(closed -> Future.failedFuture(failure)))
                .onSuccess(listening -> LoopWatch.start(vertx))
                .onSuccess(listening -> sync.restore().onSuccess(v -> restored()))
                .map(this);
    }

    /** Connects the parts to each other's changes. */
    private void connect() {
        Placements placements = models.placements();
        placements.onChange(fleet.pools()::follow);
        placements.onChange((before, after) -> admission.retain(after.models().keySet()));
        models.registry()
                .onChange((before, after) -> models.traffic().versions().follow(after));
        emptyInTime(path.caches(), placements); // registers before the probes, which report renewals
        fleet.connect();
        fleet.drainOrders().onChange(workers -> placements.refresh());
        fleet.pools().samples(models.registry()::sampleOf);
        placements.follow();
    }

    private static Readiness.Store view(Availability store) {
        return new Readiness.Store(store.state().name().toLowerCase(Locale.ROOT), store.reason());
    }

    private void leaseLost(LeaseKey lease, boolean lost) {
        fleet.pools().leaseLost(lease, lost);
        models.placements().refresh();
    }

    /** Clears a cache when the workers of its model change. */
    private void emptyInTime(ResponseCaches caches, Placements placements) {
        placements.onChange(caches::follow);
        fleet.pools()
                .onEndpoints(
                        joined -> joined.onRenewal(() -> caches.clear(placements.current(), joined.address())),
                        left -> {});
    }

    /** Binds every event loop to the same port. With a negative port number, Vert.x lets them share a free one. */
    private Future<Void> listen() {
        int asked = settings.current().http().listener().port();
        return vertx.deployVerticle(
                        () -> new EventLoop(
                                settings,
                                api,
                                path,
                                serving.connections(),
                                responses,
                                loop -> listen(loop, asked == 0 ? -1 : asked)),
                        new DeploymentOptions()
                                .setInstances(Runtime.getRuntime().availableProcessors()))
                .mapEmpty();
    }

    private Future<?> listen(EventLoop.Loop loop, int asked) {
        return loop.server().listen(asked).onSuccess(actual -> {
            port = actual;
            serving.add(loop);
        });
    }

    private void restored() {
        readiness.onRestore();
        store.onUp(() -> sync.resume().onSuccess(table -> announce()));
        store.onUp(tasks::restartGrace);
        tasks.restartGrace();
        observation.restore().onComplete(loaded -> lifecycle.jobs().start());
        if (isAnnouncing()) {
            fleet.tables().onChange(announcer::follow);
        }
        models.storage().folder().check();
        models.sweepFiles();
        awaitProbes();
    }

    /** The router is ready once every worker has been probed, or its time for that has passed. */
    private void awaitProbes() {
        Duration longest = settings.current().workers().health().timeout().multipliedBy(2);
        Future.join(fleet.pools().hosts().stream().map(WorkerHost::firstProbes).toList())
                .timeout(longest.toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(all -> {
                    readiness.onFirstProbes();
                    LOG.info(
                            "Ready: {}, state in Redis ({})",
                            Counted.of(fleet.pools().modelsOfUsers().size(), "model"),
                            store.describe());
                    announce();
                });
    }

    private boolean isAnnouncing() {
        return settings.current().state().discovery().announce();
    }

    private void announce() {
        if (isAnnouncing()) {
            announcer.sync(fleet.tables().current());
        }
    }

    /**
     * Reports that the router is not ready, so that load balancers send no new calls, and keeps serving for their
     * reaction time. Call it before {@link #close}.
     */
    public Future<Void> drain() {
        return serving.drain(settings.current().http().shutdown().drainDelay());
    }

    /**
     * Stops the router: answers new calls with {@code DRAINING} for a moment, refuses new connections, finishes the
     * calls in flight, and stores the counts.
     */
    public Future<Void> close() {
        Duration drain = settings.current().http().shutdown().drain();
        return close(drain.compareTo(TURN_AWAY) < 0 ? drain : TURN_AWAY);
    }

    /**
     * @param turnAway how long new calls get a response before connections are refused; ends early if all connections
     *     are closed
     */
    Future<Void> close(Duration turnAway) {
        Promise<Void> ended = Promise.promise();
        tasks.close();
        observation.close();
        serving.stop(turnAway, settings.current().http().shutdown().drain())
                .transform(stopped -> lifecycle.shutdown().run())
                .onComplete(done -> vertx.close().onComplete(ended));
        return ended.future();
    }
}
