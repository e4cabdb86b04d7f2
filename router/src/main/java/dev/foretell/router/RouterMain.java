package dev.foretell.router;

import dev.foretell.edge.EdgeMemory;
import dev.foretell.edge.LoopWatch;
import dev.foretell.edge.OpenConnections;
import dev.foretell.router.admission.Admission;
import dev.foretell.router.cache.AnswerCaches;
import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.health.HealthMonitor;
import dev.foretell.router.health.WarmUp;
import dev.foretell.router.http.Access;
import dev.foretell.router.http.HeavyWork;
import dev.foretell.router.http.Readiness;
import dev.foretell.router.http.RouterApi;
import dev.foretell.router.http.oip.Statistics;
import dev.foretell.router.metrics.Metrics;
import dev.foretell.router.metrics.StateMetrics;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.models.Placements;
import dev.foretell.router.predict.Hedges;
import dev.foretell.router.predict.Outcomes;
import dev.foretell.router.retry.Retrier;
import dev.foretell.router.routing.DrainOrders;
import dev.foretell.router.routing.LeaseKey;
import dev.foretell.router.routing.Leases;
import dev.foretell.router.routing.RoutingTables;
import dev.foretell.router.store.Availability;
import dev.foretell.router.store.StateStore;
import dev.foretell.router.upstream.AnswerMemory;
import dev.foretell.router.upstream.EndpointPools;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Builds a router, in order of dependency, and takes it down again in the opposite one. Serves from the first moment;
 * is ready once its state is restored and its workers are probed.
 */
public final class RouterMain {
    private final Vertx vertx;
    private final LiveSettings settings;
    private final StateStore store;
    private final RoutingTables tables;
    private final EndpointPools pools;
    private final RegisteredModels models;
    private final HealthMonitor monitor;
    private final WarmUp warmUp;
    private final Leases leases;
    private final DrainOrders drainOrders;
    private final Admission admission;
    private final PredictPath path;
    private final RouterApi api;
    private final Upkeep upkeep;
    private final Ending ending;
    private final OpenConnections connections;
    private final List<EventLoop.Loop> loops = new CopyOnWriteArrayList<>();
    private volatile int port;

    private RouterMain(Vertx vertx, RouterConfig config, Supplier<RouterConfig> source, StateStore store) {
        this.vertx = vertx;
        this.settings = new LiveSettings(vertx, config, source, this::parts);
        this.store = store;
        this.connections = OpenConnections.atMost(config.http().maxConnections());
        StateThread work = new StateThread(vertx);
        tables = new RoutingTables(store.routing(), work);
        pools = new EndpointPools(
                vertx, config.balance(), config.breaker(), config.routing(), config.warmUp(), System::nanoTime);
        ModelRegistry registry = new ModelRegistry(store.models(), work);
        models = RegisteredModels.of(vertx, config, registry, tables, pools, store.folderMark());
        monitor = new HealthMonitor(
                vertx,
                config.health(),
                config.upstream().authorization(),
                store.statuses(),
                Clock.systemUTC(),
                System::nanoTime);
        warmUp = new WarmUp(
                vertx, monitor.loop(), config.warmUp(), config.upstream().authorization(), System::nanoTime);
        leases = new Leases(
                store.leases(),
                tables,
                config.lease(),
                pools::provesLife,
                System::nanoTime,
                Clock.systemUTC(),
                this::leaseLost);
        drainOrders = new DrainOrders(store.drainOrders(), tables);
        admission = new Admission(config.admission(), System::nanoTime);
        RequestCounts counts = new RequestCounts(store.counts());
        Outcomes outcomes = new Outcomes(System::nanoTime);
        path = PredictPath.of(config, models.traffic(), pools, admission, counts, outcomes);
        HeavyWork heavy = new HeavyWork(vertx);
        Readiness readiness = new Readiness(
                () -> view(store.availability()),
                () -> tables.current().revision(),
                store::unreadable,
                models.folder()::trouble);
        StateMetrics state = new StateMetrics(() -> tables.current().revision(), store::isUp, System::nanoTime);
        Metrics metrics = new Metrics(
                pools,
                monitor,
                admission,
                counts,
                outcomes,
                models.traffic(),
                state,
                config.redis().data());
        Statistics statistics = new Statistics(pools, admission, counts);
        api = new RouterApi(
                config.http(),
                readiness,
                tables,
                leases,
                drainOrders,
                pools,
                monitor,
                counts,
                settings,
                registry,
                heavy,
                RouteGroups.of(models, metrics, statistics, readiness, config.http(), heavy));
        upkeep = new Upkeep(
                vertx, settings, store, tables, leases, drainOrders, models, pools, monitor, counts, readiness, state);
        ending = new Ending(vertx, settings, readiness, loops, connections, counts, monitor, metrics, store);
    }

    /**
     * Starts a router. The future completes when it listens, and fails, leaving nothing behind, if its port is taken or its
     * own Redis cannot start.
     */
    public static Future<RouterMain> start(RouterConfig config) {
        return start(config, () -> config);
    }

    /**
     * The same, able to change its settings while it runs.
     *
     * @param source reads the settings again; throws {@link dev.foretell.commons.config.ConfigException}
     */
    public static Future<RouterMain> start(RouterConfig config, Supplier<RouterConfig> source) {
        EdgeMemory memory = EdgeMemory.ofThisProcess();
        return startFitting(config.fitting(memory), () -> source.get().fitting(memory));
    }

    private static Future<RouterMain> startFitting(RouterConfig config, Supplier<RouterConfig> source) {
        Vertx vertx = config.http().eventLoops().vertx();
        Promise<RouterMain> started = Promise.promise();
        StateStore.open(vertx, config.redis())
                .compose(store -> new RouterMain(vertx, config, source, store).run())
                .onSuccess(started::complete)
                .onFailure(failure -> vertx.close().onComplete(closed -> started.fail(failure)));
        return started.future();
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** Reads the settings again; what came of it is in the log. */
    public void reload() {
        settings.reload();
    }

    /** Who takes note when settings change. */
    record Parts(
            RouterApi api,
            EndpointPools pools,
            HealthMonitor monitor,
            WarmUp warmUp,
            Leases leases,
            Admission admission,
            Retrier retrier,
            Hedges hedges,
            List<EventLoop.Loop> loops) {
        /** Does something on each event loop, soon. */
        void onLoops(Consumer<EventLoop.Loop> step) {
            loops.forEach(loop -> loop.context().runOnContext(v -> step.accept(loop)));
        }
    }

    private Parts parts() {
        return new Parts(
                api, pools, monitor, warmUp, leases, admission, path.retrier(), path.hedges(), List.copyOf(loops));
    }

    /** The URLs that it serves, as {@code GET /livez}, and whom each is for: for tests. */
    Map<String, Access> served() {
        return loops.get(0).server().served();
    }

    /** The registered models: for tests. */
    ModelRegistry models() {
        return models.registry();
    }

    /** Who is let in: for tests, and for whoever counts it. */
    Admission admission() {
        return admission;
    }

    private Future<RouterMain> run() {
        follow();
        return listen().recover(failure -> store.close().transform(closed -> Future.failedFuture(failure)))
                .onSuccess(listening -> LoopWatch.start(vertx))
                .onSuccess(listening -> upkeep.begin())
                .map(this);
    }

    /** Who takes note of what. */
    private void follow() {
        Placements placements = models.placements();
        placements.onChange(pools::follow);
        placements.onChange((before, after) -> admission.retain(after.models().keySet()));
        models.registry().onChange((before, after) -> models.traffic().follow(after));
        drainOrders.onChange(pools::draining);
        drainOrders.onChange(workers -> placements.refresh());
        pools.samples(models.registry()::sampleOf);
        pools.onWarmUp(warmUp::begin);
        if (path.caches() != null) {
            emptyInTime(path.caches(), placements);
        }
        pools.onEndpoints(monitor::watch, monitor::forget);
        placements.follow();
    }

    private static Readiness.Store view(Availability store) {
        return new Readiness.Store(store.state().name().toLowerCase(Locale.ROOT), store.reason());
    }

    private void leaseLost(LeaseKey lease, boolean lost) {
        pools.leaseLost(lease, lost);
        models.placements().refresh();
    }

    /** What was answered by other workers than there are now is not given again. */
    private void emptyInTime(AnswerCaches caches, Placements placements) {
        placements.onChange(caches::follow);
        pools.onEndpoints(
                joined -> joined.onRenewal(() -> caches.renewed(placements.current(), joined.address())), left -> {});
    }

    /** Binds every event loop to the same port: Vert.x shares a free one among them if it is asked for a negative one. */
    private Future<Void> listen() {
        int asked = settings.current().http().port();
        AnswerMemory answers = AnswerMemory.ofThisProcess();
        return vertx.deployVerticle(
                        () -> new EventLoop(
                                settings, api, path, connections, answers, asked == 0 ? -1 : asked, this::listening),
                        new DeploymentOptions()
                                .setInstances(Runtime.getRuntime().availableProcessors()))
                .mapEmpty();
    }

    private void listening(int onPort, EventLoop.Loop loop) {
        port = onPort;
        loops.add(loop);
    }

    /**
     * Says that it is not ready any more, so that load balancers turn away, and serves on for as long as they may need; to be
     * called before {@link #close}.
     */
    public Future<Void> drain() {
        return ending.drain();
    }

    /**
     * Stops: answers new calls with {@code DRAINING} for a moment, then takes no new connections, finishes the calls in
     * flight, stores what was counted.
     */
    public Future<Void> close() {
        return ending.close();
    }

    /** @param turnAway how long new calls are answered before connections are refused, unless all are closed before */
    Future<Void> close(Duration turnAway) {
        return ending.close(turnAway);
    }
}
