package dev.foretell.router;

import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.ensemble.EnsembleRegistry;
import dev.foretell.router.metrics.StateMetrics;
import dev.foretell.router.routing.RoutingTable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the state from the store when the router starts, and reconciles with the store afterwards. */
final class StateSync {
    private static final Logger LOG = LoggerFactory.getLogger(StateSync.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration EVERY_SECOND = Duration.ofSeconds(1);
    private static final Duration RECONCILE_EVERY = Duration.ofSeconds(10);
    private static final Duration EVERY_MINUTE = Duration.ofMinutes(1);
    private static final Duration EVERY_HOUR = Duration.ofHours(1);

    private final Vertx vertx;
    private final Fleet fleet;
    private final ModelServices models;
    private final EnsembleRegistry ensembles;
    private final RequestCounts counts;
    private final StateMetrics metrics;

    StateSync(
            Vertx vertx,
            Fleet fleet,
            ModelServices models,
            EnsembleRegistry ensembles,
            RequestCounts counts,
            StateMetrics metrics) {
        this.ensembles = ensembles;
        this.vertx = vertx;
        this.fleet = fleet;
        this.models = models;
        this.counts = counts;
        this.metrics = metrics;
    }

    StateSync enter(Lifecycle lifecycle) {
        BackgroundJobs jobs = lifecycle.jobs();
        jobs.every(EVERY_SECOND, counts::flush);
        jobs.every(RECONCILE_EVERY, this::reconcile);
        jobs.every(RECONCILE_EVERY, counts::load);
        jobs.every(EVERY_MINUTE, () -> foldCounts(lifecycle.settings()));
        jobs.every(EVERY_SECOND, models.traffic().canaries()::look);
        jobs.every(EVERY_HOUR, models::sweepFiles);
        lifecycle.shutdown().add(counts::flush);
        return this;
    }

    /** Loads the state; while the store is unavailable, tries again every second. */
    Future<Void> restore() {
        Promise<Void> restored = Promise.promise();
        restore(restored);
        return restored.future();
    }

    private void restore(Promise<Void> restored) {
        fleet.monitor()
                .restore()
                .compose(v -> fleet.drainOrders().reconcile())
                .compose(v -> models.registry().reconcile())
                .compose(v -> ensembles.reconcile())
                .compose(v -> fleet.tables().reconcile())
                .compose(v -> counts.load())
                .onSuccess(v -> {
                    metrics.onReconcile();
                    fleet.leases().restartGrace();
                    restored.complete();
                })
                .onFailure(failure -> {
                    LOG.warn("The state is not restored yet: {}", failure.getMessage());
                    vertx.setTimer(RETRY_AFTER.toMillis(), timer -> restore(restored));
                });
    }

    /** Runs when the store is available again. */
    Future<RoutingTable> resume() {
        fleet.leases().restartGrace();
        Future<RoutingTable> reconciled = reconcile();
        counts.flush();
        return reconciled;
    }

    /** Drain orders come first: an older table in the store shows that it has lost both. */
    private Future<RoutingTable> reconcile() {
        return fleet.drainOrders()
                .reconcile()
                .transform(known -> models.storage().folder().check())
                .transform(known -> models.registry().reconcile())
                .transform(known -> ensembles.reconcile())
                .transform(known -> fleet.tables().reconcile())
                .onSuccess(table -> metrics.onReconcile());
    }

    private Future<Void> foldCounts(LiveSettings settings) {
        Set<String> present = fleet.tables().current().models().values().stream()
                .flatMap(model -> model.workers().stream())
                .map(worker -> worker.id().toString())
                .collect(Collectors.toSet());
        return counts.foldAbsent(
                present, System.nanoTime(), settings.current().state().lease().removeAfter());
    }
}
