package dev.foretell.router;

import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.discovery.Announcer;
import dev.foretell.router.health.HealthMonitor;
import dev.foretell.router.http.Readiness;
import dev.foretell.router.metrics.StateMetrics;
import dev.foretell.router.routing.DrainOrders;
import dev.foretell.router.routing.Leases;
import dev.foretell.router.routing.RoutingTable;
import dev.foretell.router.routing.RoutingTables;
import dev.foretell.router.store.StateStore;
import dev.foretell.router.upstream.Endpoint;
import dev.foretell.router.upstream.EndpointPools;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is to be done again and again: at first the state is taken over from the store, from then on compared, saved, tidied up. */
final class Upkeep {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration EVERY_SECOND = Duration.ofSeconds(1);
    private static final Duration RECONCILE_EVERY = Duration.ofSeconds(10);
    private static final Duration EVERY_MINUTE = Duration.ofMinutes(1);
    private static final Duration EVERY_HOUR = Duration.ofHours(1);

    private final Vertx vertx;
    private final LiveSettings settings;
    private final StateStore store;
    private final RoutingTables tables;
    private final Leases leases;
    private final DrainOrders drainOrders;
    private final RegisteredModels models;
    private final EndpointPools pools;
    private final HealthMonitor monitor;
    private final RequestCounts counts;
    private final Announcer announcer;
    private final Readiness readiness;
    private final StateMetrics metrics;

    Upkeep(
            Vertx vertx,
            LiveSettings settings,
            StateStore store,
            RoutingTables tables,
            Leases leases,
            DrainOrders drainOrders,
            RegisteredModels models,
            EndpointPools pools,
            HealthMonitor monitor,
            RequestCounts counts,
            Readiness readiness,
            StateMetrics metrics) {
        this.vertx = vertx;
        this.settings = settings;
        this.store = store;
        this.tables = tables;
        this.leases = leases;
        this.drainOrders = drainOrders;
        this.models = models;
        this.pools = pools;
        this.monitor = monitor;
        this.counts = counts;
        this.announcer = new Announcer(vertx, store.records());
        this.readiness = readiness;
        this.metrics = metrics;
    }

    /** Takes over what the store has; as long as the store is away, tries again every second. */
    void begin() {
        monitor.restore()
                .compose(v -> drainOrders.reconcile())
                .compose(v -> models.registry().reconcile())
                .compose(v -> tables.reconcile())
                .compose(v -> counts.load())
                .onSuccess(v -> restored())
                .onFailure(failure -> {
                    LOG.warn("State not restored yet: {}", failure.getMessage());
                    vertx.setTimer(EVERY_SECOND.toMillis(), timer -> begin());
                });
    }

    private void restored() {
        readiness.restored();
        metrics.compared();
        leases.restartGrace();
        store.onUp(this::storeIsBack);
        every(EVERY_SECOND, counts::flush);
        every(EVERY_SECOND, leases::sweep);
        vertx.setPeriodic(EVERY_SECOND.toMillis(), timer -> leases.watchClocks());
        every(EVERY_SECOND, monitor::save);
        every(EVERY_SECOND, models.canaries()::look);
        every(RECONCILE_EVERY, this::reconcile);
        every(RECONCILE_EVERY, counts::load);
        if (settings.current().discovery().announce()) {
            tables.onChange(announcer::follow);
        }
        every(EVERY_MINUTE, this::foldCounts);
        models.folder().check();
        models.sweepFiles();
        every(EVERY_HOUR, models::sweepFiles);
        awaitProbes();
    }

    /** Ready once every worker was probed, or was given the time for it. */
    private void awaitProbes() {
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
                .transform(known -> models.folder().check())
                .transform(known -> models.registry().reconcile())
                .transform(known -> tables.reconcile())
                .onSuccess(table -> metrics.compared());
    }

    private Future<Void> foldCounts() {
        Set<String> present = tables.current().models().values().stream()
                .flatMap(model -> model.workers().stream())
                .map(worker -> worker.id().toString())
                .collect(Collectors.toSet());
        return counts.foldAbsent(
                present, System.nanoTime(), settings.current().lease().removeAfter());
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
}
