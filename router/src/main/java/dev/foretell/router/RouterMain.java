package dev.foretell.router;

import dev.foretell.router.admission.Admission;
import dev.foretell.router.cache.AnswerCaches;
import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.discovery.Announcer;
import dev.foretell.router.fallback.Fallbacks;
import dev.foretell.router.health.HealthMonitor;
import dev.foretell.router.health.WarmUp;
import dev.foretell.router.http.MetricsApi;
import dev.foretell.router.http.Readiness;
import dev.foretell.router.http.RouteGroup;
import dev.foretell.router.http.RouterApi;
import dev.foretell.router.http.RouterServer;
import dev.foretell.router.http.fractal.FractalApi;
import dev.foretell.router.http.models.FilesApi;
import dev.foretell.router.http.models.ModelsApi;
import dev.foretell.router.http.models.TrafficApi;
import dev.foretell.router.http.oip.OipGroup;
import dev.foretell.router.http.oip.Statistics;
import dev.foretell.router.metrics.Metrics;
import dev.foretell.router.metrics.StateMetrics;
import dev.foretell.router.models.CanaryGuard;
import dev.foretell.router.models.ModelFiles;
import dev.foretell.router.models.ModelFolder;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.models.Placements;
import dev.foretell.router.models.Rollouts;
import dev.foretell.router.models.Uploads;
import dev.foretell.router.models.VersionTraffic;
import dev.foretell.router.predict.Answers;
import dev.foretell.router.predict.Deadlines;
import dev.foretell.router.predict.Hedges;
import dev.foretell.router.predict.Outcomes;
import dev.foretell.router.predict.Predictor;
import dev.foretell.router.retry.Retrier;
import dev.foretell.router.routing.DrainOrders;
import dev.foretell.router.routing.LeaseKey;
import dev.foretell.router.routing.Leases;
import dev.foretell.router.routing.RoutingTable;
import dev.foretell.router.routing.RoutingTables;
import dev.foretell.router.store.StateStore;
import dev.foretell.router.upstream.Endpoint;
import dev.foretell.router.upstream.EndpointPools;
import dev.foretell.router.upstream.WorkerClient;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds a router, in order of dependency, and takes it down again in the opposite one. Serves from the first moment;
 * is ready once its state is restored and its workers are probed.
 */
public final class RouterMain {
    private static final Logger LOG = LoggerFactory.getLogger(RouterMain.class);
    private static final Duration EVERY_SECOND = Duration.ofSeconds(1);
    private static final Duration RECONCILE_EVERY = Duration.ofSeconds(10);
    private static final Duration EVERY_MINUTE = Duration.ofMinutes(1);
    private static final Duration EVERY_HOUR = Duration.ofHours(1);
    private static final Duration TURN_AWAY = Duration.ofMillis(100);
    private static final Duration STEP = Duration.ofMillis(10);

    private final Vertx vertx;
    private final LiveSettings settings;
    private final StateStore store;
    private final ModelRegistry models;
    private final ModelFiles files;
    private final Uploads uploads;
    private final Placements placements;
    private final VersionTraffic traffic;
    private final CanaryGuard canaries;
    private final Rollouts rollouts;
    private final RoutingTables tables;
    private final EndpointPools pools;
    private final HealthMonitor monitor;
    private final WarmUp warmUp;
    private final RequestCounts counts;
    private final Leases leases;
    private final DrainOrders drainOrders;
    private final Announcer announcer;
    private final Readiness readiness;
    private final RouterApi api;
    private final Admission admission;
    private final Retrier retrier;
    private final Hedges hedges;
    private final Outcomes outcomes = new Outcomes(System::nanoTime);
    private final StateMetrics stateMetrics;
    private final Metrics metrics;
    private final @Nullable AnswerCaches caches;
    private final @Nullable Fallbacks fallbacks;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Loop> loops = new CopyOnWriteArrayList<>();
    private volatile int port;

    private RouterMain(Vertx vertx, RouterConfig config, Supplier<RouterConfig> source, StateStore store) {
        this.vertx = vertx;
        this.settings = new LiveSettings(vertx, config, source, this::parts);
        this.store = store;
        tables = new RoutingTables(store.routing());
        models = new ModelRegistry(store.models());
        files = new ModelFolder(vertx, config.models());
        uploads = new Uploads(models, files, tables, config.models(), Clock.systemUTC());
        pools = new EndpointPools(
                vertx, config.balance(), config.breaker(), config.routing(), config.warmUp(), System::nanoTime);
        placements = new Placements(tables, models, pools);
        traffic = new VersionTraffic(pools, ThreadLocalRandom::current);
        canaries = new CanaryGuard(traffic, models, Clock.systemUTC());
        rollouts = new Rollouts(vertx, models, pools);
        monitor = new HealthMonitor(
                vertx, config.health(), config.upstream().authorization(), store.statuses(), Clock.systemUTC());
        warmUp = new WarmUp(
                vertx, monitor.loop(), config.warmUp(), config.upstream().authorization(), System::nanoTime);
        counts = new RequestCounts(store.counts());
        leases = new Leases(store.leases(), tables, config.lease(), System::nanoTime, this::leaseLost);
        drainOrders = new DrainOrders(store.drainOrders(), tables);
        announcer = new Announcer(vertx, store.records());
        readiness = new Readiness(store::isUp, () -> tables.current().revision());
        admission = new Admission(config.admission(), System::nanoTime);
        stateMetrics = new StateMetrics(() -> tables.current().revision(), store::isUp, System::nanoTime);
        metrics = new Metrics(
                pools,
                monitor,
                admission,
                counts,
                outcomes,
                traffic,
                stateMetrics,
                config.redis().data());
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
                models,
                groups());
        retrier = new Retrier(
                config.retry(),
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextDouble());
        hedges = new Hedges(config.retry());
        caches = AnswerCaches.of(config.cache(), System::nanoTime);
        fallbacks = Fallbacks.of(config.fallback(), System::nanoTime);
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
            List<Loop> loops) {
        /** Does something on each event loop, soon. */
        void onLoops(Consumer<Loop> step) {
            loops.forEach(loop -> loop.context().runOnContext(v -> step.accept(loop)));
        }
    }

    private Parts parts() {
        return new Parts(api, pools, monitor, warmUp, leases, admission, retrier, hedges, List.copyOf(loops));
    }

    /** The URLs beyond those of routing: of models, and of the dialects. */
    private List<RouteGroup.Factory> groups() {
        return List.of(
                (loop, answers) -> new MetricsApi(metrics),
                (loop, answers) -> new ModelsApi(models, uploads),
                (loop, answers) -> new FilesApi(models, files, uploads, answers),
                (loop, answers) -> new TrafficApi(models, rollouts, traffic),
                (loop, answers) -> new FractalApi(
                        models,
                        files,
                        uploads,
                        (model, version) -> rollouts.promote(model, version, null),
                        answers,
                        settings.current().http()),
                OipGroup.of(
                        models,
                        new Statistics(pools, admission, counts),
                        readiness,
                        settings.current().http()));
    }

    /** The URLs that it serves, as {@code GET /livez}: for tests. */
    Set<String> served() {
        return loops.get(0).server().served();
    }

    /** The registered models: for tests. */
    ModelRegistry models() {
        return models;
    }

    /** Who is let in: for tests, and for whoever counts it. */
    Admission admission() {
        return admission;
    }

    private Future<RouterMain> run() {
        placements.onChange(pools::follow);
        placements.onChange((before, after) -> admission.retain(after.models().keySet()));
        models.onChange((before, after) -> traffic.follow(after));
        drainOrders.onChange(pools::draining);
        drainOrders.onChange(workers -> placements.refresh());
        pools.samples(models::sampleOf);
        pools.onWarmUp(warmUp::begin);
        if (caches != null) {
            emptyInTime(caches);
        }
        pools.onEndpoints(monitor::watch, monitor::forget);
        placements.follow();
        return listen().recover(failure -> store.close().transform(closed -> Future.failedFuture(failure)))
                .onSuccess(listening -> restore())
                .map(this);
    }

    private void leaseLost(LeaseKey lease, boolean lost) {
        pools.leaseLost(lease, lost);
        placements.refresh();
    }

    /** What was answered by other workers than there are now is not given again. */
    private void emptyInTime(AnswerCaches caches) {
        placements.onChange(caches::follow);
        pools.onEndpoints(
                joined -> joined.onRenewal(() -> caches.renewed(placements.current(), joined.address())), left -> {});
    }

    /** Binds every event loop to the same port: Vert.x shares a free one among them if it is asked for a negative one. */
    private Future<Void> listen() {
        int onPort = settings.current().http().port() == 0
                ? -1
                : settings.current().http().port();
        return vertx.deployVerticle(
                        () -> new EventLoop(onPort),
                        new DeploymentOptions()
                                .setInstances(Runtime.getRuntime().availableProcessors()))
                .mapEmpty();
    }

    /** Takes over what the store has; as long as the store is away, tries again every second. */
    private void restore() {
        monitor.restore()
                .compose(v -> drainOrders.reconcile())
                .compose(v -> models.reconcile())
                .compose(v -> tables.reconcile())
                .compose(v -> counts.load())
                .onSuccess(v -> restored())
                .onFailure(failure -> {
                    LOG.warn("State not restored yet: {}", failure.getMessage());
                    vertx.setTimer(EVERY_SECOND.toMillis(), timer -> restore());
                });
    }

    private void restored() {
        readiness.restored();
        stateMetrics.compared();
        leases.restartGrace();
        store.onUp(this::storeIsBack);
        every(EVERY_SECOND, counts::flush);
        every(EVERY_SECOND, leases::sweep);
        every(EVERY_SECOND, monitor::save);
        every(EVERY_SECOND, canaries::look);
        every(RECONCILE_EVERY, this::reconcile);
        every(RECONCILE_EVERY, counts::load);
        if (settings.current().discovery().announce()) {
            tables.onChange(announcer::follow);
        }
        every(EVERY_MINUTE, this::foldCounts);
        sweepFiles();
        every(EVERY_HOUR, this::sweepFiles);
        Future.join(pools.endpoints().stream().map(Endpoint::probed).toList())
                .timeout(settings.current().health().timeout().multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(all -> {
                    readiness.probed();
                    LOG.info(
                            "Ready: {} models, state in Redis ({})", pools.all().size(), store.describe());
                    syncRecords();
                });
    }

    private void storeIsBack() {
        leases.restartGrace();
        reconcile().onSuccess(table -> syncRecords());
        counts.flush();
    }

    /** The orders first: an older table in the store tells that it lost both. */
    private Future<RoutingTable> reconcile() {
        return drainOrders
                .reconcile()
                .transform(known -> models.reconcile())
                .transform(known -> tables.reconcile())
                .onSuccess(table -> stateMetrics.compared());
    }

    private Future<Void> foldCounts() {
        Set<String> present = tables.current().models().values().stream()
                .flatMap(model -> model.workers().stream())
                .map(worker -> worker.id().toString())
                .collect(Collectors.toSet());
        return counts.foldAbsent(
                present, System.nanoTime(), settings.current().lease().removeAfter());
    }

    private Future<Void> sweepFiles() {
        return files.sweep(digest -> models.current().uses(digest))
                .onFailure(failure -> LOG.warn("Could not tidy up the model files: {}", failure.getMessage()));
    }

    private void syncRecords() {
        if (settings.current().discovery().announce()) {
            announcer.sync(tables.current());
        }
    }

    /** Runs a step again and again, never twice at once; a step that fails is simply due again. */
    private void every(Duration interval, Supplier<Future<?>> step) {
        vertx.setTimer(interval.toMillis(), timer -> step.get().onComplete(done -> every(interval, step)));
    }

    /**
     * Says that it is not ready any more, so that load balancers turn away, and serves on for as long as they may need; to be
     * called before {@link #close}.
     */
    public Future<Void> drain() {
        readiness.draining();
        LOG.info(
                "Stopping: not ready, serving on for {} ms",
                settings.current().http().drainDelay().toMillis());
        return pause(settings.current().http().drainDelay());
    }

    /**
     * Stops: answers new calls with {@code DRAINING} for a moment, then takes no new connections, finishes the calls in
     * flight, stores what was counted.
     */
    public Future<Void> close() {
        Duration drain = settings.current().http().drain();
        return close(drain.compareTo(TURN_AWAY) < 0 ? drain : TURN_AWAY);
    }

    /** @param turnAway how long new calls are answered before connections are refused, unless all are closed before */
    Future<Void> close(Duration turnAway) {
        readiness.closing();
        Promise<Void> ended = Promise.promise();
        turnAway(turnAway)
                .compose(v -> Future.join(loops.stream()
                        .map(loop ->
                                loop.server().shutdown(settings.current().http().drain()))
                        .toList()))
                .transform(down -> counts.flush())
                .transform(flushed -> monitor.save())
                .transform(saved -> {
                    monitor.stop();
                    metrics.close();
                    return store.close();
                })
                .onComplete(closed -> vertx.close().onComplete(ended));
        return ended.future();
    }

    private Future<Void> turnAway(Duration left) {
        return left.toMillis() < 1 || connections.get() == 0
                ? Future.succeededFuture()
                : pause(STEP).compose(v -> turnAway(left.minus(STEP)));
    }

    private Future<Void> pause(Duration wait) {
        return wait.toMillis() < 1
                ? Future.succeededFuture()
                : vertx.timer(wait.toMillis(), TimeUnit.MILLISECONDS).mapEmpty();
    }

    /** What one event loop has of its own. */
    record Loop(Context context, WorkerClient workers, Predictor predictor, Deadlines deadlines, RouterServer server) {}

    /** One event loop that serves clients: its server, its predictor, and its own connections to the workers. */
    private final class EventLoop extends VerticleBase {
        private final int onPort;

        private EventLoop(int onPort) {
            this.onPort = onPort;
        }

        @Override
        public Future<?> start() {
            WorkerClient workers = new WorkerClient(vertx, settings.current().upstream(), System::nanoTime);
            pools.onEndpoints(joined -> {}, left -> context.runOnContext(v -> workers.forget(left)));
            Predictor predictor = new Predictor(
                    traffic,
                    pools,
                    admission,
                    retrier,
                    workers,
                    hedges,
                    counts,
                    outcomes,
                    settings.current().batch(),
                    this::after,
                    caches,
                    fallbacks);
            Deadlines deadlines = new Deadlines(vertx, settings.current().deadline(), System::nanoTime);
            Answers answers = new Answers(predictor, deadlines, pools, counts, outcomes, fallbacks);
            RouterServer server = new RouterServer(vertx, api, answers, deadlines, connections);
            return server.listen(onPort).onSuccess(actual -> {
                port = actual;
                loops.add(new Loop(context, workers, predictor, deadlines, server));
            });
        }

        private void after(long millis, Runnable action) {
            vertx.setTimer(millis, timer -> action.run());
        }
    }
}
