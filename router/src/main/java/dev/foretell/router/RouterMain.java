package dev.foretell.router;

import dev.foretell.router.admission.Admission;
import dev.foretell.router.cache.AnswerCaches;
import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.discovery.Announcer;
import dev.foretell.router.fallback.Fallbacks;
import dev.foretell.router.health.HealthMonitor;
import dev.foretell.router.http.Readiness;
import dev.foretell.router.http.RouterApi;
import dev.foretell.router.http.RouterServer;
import dev.foretell.router.predict.Answers;
import dev.foretell.router.predict.Deadlines;
import dev.foretell.router.predict.Predictor;
import dev.foretell.router.retry.Retrier;
import dev.foretell.router.routing.Leases;
import dev.foretell.router.routing.RoutingTables;
import dev.foretell.router.store.StateStore;
import dev.foretell.router.upstream.Endpoint;
import dev.foretell.router.upstream.EndpointPools;
import dev.foretell.router.upstream.WorkerClient;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
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

    private final Vertx vertx;
    private final RouterConfig config;
    private final StateStore store;
    private final RoutingTables tables;
    private final EndpointPools pools;
    private final HealthMonitor monitor;
    private final RequestCounts counts;
    private final Leases leases;
    private final Announcer announcer;
    private final Readiness readiness;
    private final RouterApi api;
    private final Admission admission;
    private final Retrier retrier;
    private final @Nullable AnswerCaches caches;
    private final @Nullable Fallbacks fallbacks;
    private final List<RouterServer> servers = new CopyOnWriteArrayList<>();
    private volatile int port;

    private RouterMain(Vertx vertx, RouterConfig config, StateStore store) {
        this.vertx = vertx;
        this.config = config;
        this.store = store;
        tables = new RoutingTables(store.routing());
        pools = new EndpointPools(vertx, config.balance(), config.breaker(), config.routing(), System::nanoTime);
        monitor = new HealthMonitor(
                vertx, config.health(), config.upstream().authorization(), store.statuses(), Clock.systemUTC());
        counts = new RequestCounts(store.counts());
        leases = new Leases(store.leases(), tables, config.lease(), System::nanoTime, pools::leaseLost);
        announcer = new Announcer(vertx, store.records());
        readiness = new Readiness(store::isUp, () -> tables.current().revision());
        api = new RouterApi(config.http(), readiness, tables, leases, pools, monitor, counts);
        admission = new Admission(config.admission(), System::nanoTime);
        retrier = new Retrier(config.retry(), System::nanoTime);
        caches = AnswerCaches.of(config.cache(), System::nanoTime);
        fallbacks = Fallbacks.of(config.fallback(), System::nanoTime);
    }

    /**
     * Starts a router. The future completes when it listens, and fails, leaving nothing behind, if its port is taken or its
     * own Redis cannot start.
     */
    public static Future<RouterMain> start(RouterConfig config) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        Promise<RouterMain> started = Promise.promise();
        StateStore.open(vertx, config.redis())
                .compose(store -> new RouterMain(vertx, config, store).run())
                .onSuccess(started::complete)
                .onFailure(failure -> vertx.close().onComplete(closed -> started.fail(failure)));
        return started.future();
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** Who is let in: for tests, and for whoever counts it. */
    Admission admission() {
        return admission;
    }

    private Future<RouterMain> run() {
        tables.onChange(pools::follow);
        tables.onChange((before, after) -> admission.retain(after.models().keySet()));
        if (caches != null) {
            emptyInTime(caches);
        }
        pools.onEndpoints(monitor::watch, monitor::forget);
        if (config.discovery().announce()) {
            tables.onChange(announcer::follow);
        }
        return listen().recover(failure -> store.close().transform(closed -> Future.failedFuture(failure)))
                .onSuccess(listening -> restore())
                .map(this);
    }

    /** What was answered by other workers than there are now is not given again. */
    private void emptyInTime(AnswerCaches caches) {
        tables.onChange(caches::follow);
        pools.onEndpoints(
                joined -> joined.onRenewal(() -> caches.renewed(tables.current(), joined.address())), left -> {});
    }

    /** Binds every event loop to the same port: Vert.x shares a free one among them if it is asked for a negative one. */
    private Future<Void> listen() {
        AtomicInteger connections = new AtomicInteger();
        int onPort = config.http().port() == 0 ? -1 : config.http().port();
        return vertx.deployVerticle(
                        () -> new EventLoop(onPort, connections),
                        new DeploymentOptions()
                                .setInstances(Runtime.getRuntime().availableProcessors()))
                .mapEmpty();
    }

    /** Takes over what the store has; as long as the store is away, tries again every second. */
    private void restore() {
        monitor.restore()
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
        leases.restartGrace();
        store.onUp(this::storeIsBack);
        every(EVERY_SECOND, counts::flush);
        every(EVERY_SECOND, leases::sweep);
        every(EVERY_SECOND, monitor::save);
        every(RECONCILE_EVERY, tables::reconcile);
        every(RECONCILE_EVERY, counts::load);
        syncRecords();
        Future.join(pools.endpoints().stream().map(Endpoint::probed).toList())
                .timeout(config.health().timeout().multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(all -> {
                    readiness.probed();
                    LOG.info(
                            "Ready: {} models, state in Redis ({})", pools.all().size(), store.describe());
                });
    }

    private void storeIsBack() {
        leases.restartGrace();
        tables.reconcile().onSuccess(table -> syncRecords());
        counts.flush();
    }

    private void syncRecords() {
        if (config.discovery().announce()) {
            announcer.sync(tables.current());
        }
    }

    /** Runs a step again and again, never twice at once; a step that fails is simply due again. */
    private void every(Duration interval, Supplier<Future<?>> step) {
        vertx.setTimer(interval.toMillis(), timer -> step.get().onComplete(done -> every(interval, step)));
    }

    /** Stops: takes no new connections, finishes the calls in flight, stores what was counted. */
    public Future<Void> close() {
        readiness.draining();
        Promise<Void> ended = Promise.promise();
        Future.join(servers.stream()
                        .map(server -> server.shutdown(config.http().drain()))
                        .toList())
                .transform(down -> counts.flush())
                .transform(flushed -> monitor.save())
                .transform(saved -> {
                    monitor.stop();
                    return store.close();
                })
                .onComplete(closed -> vertx.close().onComplete(ended));
        return ended.future();
    }

    /** One event loop that serves clients: its server, its predictor, and its own connections to the workers. */
    private final class EventLoop extends VerticleBase {
        private final int onPort;
        private final AtomicInteger connections;

        private EventLoop(int onPort, AtomicInteger connections) {
            this.onPort = onPort;
            this.connections = connections;
        }

        @Override
        public Future<?> start() {
            WorkerClient workers = new WorkerClient(vertx, config.upstream(), System::nanoTime);
            pools.onEndpoints(joined -> {}, left -> context.runOnContext(v -> workers.forget(left)));
            Predictor predictor = new Predictor(
                    pools, admission, retrier, workers, counts, config.batch(), this::after, caches, fallbacks);
            Deadlines deadlines = new Deadlines(vertx, config.deadline(), System::nanoTime);
            Answers answers = new Answers(predictor, deadlines, pools, counts, fallbacks);
            RouterServer server = new RouterServer(vertx, api, answers, connections);
            return server.listen(onPort).onSuccess(actual -> {
                port = actual;
                servers.add(server);
            });
        }

        private void after(long millis, Runnable action) {
            vertx.setTimer(millis, timer -> action.run());
        }
    }
}
