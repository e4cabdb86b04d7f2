package dev.foretell.router;

import dev.foretell.router.health.HealthMonitor;
import dev.foretell.router.health.WarmUp;
import dev.foretell.router.routing.DrainOrders;
import dev.foretell.router.routing.LeaseKey;
import dev.foretell.router.routing.Leases;
import dev.foretell.router.routing.RoutingTables;
import dev.foretell.router.store.StateStore;
import dev.foretell.router.upstream.pool.EndpointPools;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BiConsumer;

/** The workers that the router knows, their states, and which of them get calls. */
record Fleet(
        RoutingTables tables,
        EndpointPools pools,
        HealthMonitor monitor,
        WarmUp warmUp,
        Leases leases,
        DrainOrders drainOrders) {
    private static final Duration EVERY_SECOND = Duration.ofSeconds(1);

    /**
     * @param lostLeases called with {@code true} when a lease expires, and with {@code false} when it is renewed after
     *     that
     */
    static Fleet of(
            Vertx vertx,
            RouterConfig config,
            StateStore store,
            RoutingTables tables,
            BiConsumer<LeaseKey, Boolean> lostLeases) {
        EndpointPools pools = new EndpointPools(
                vertx,
                config.workers().balance(),
                config.workers().breaker(),
                config.state().routing(),
                config.workers().warmUp(),
                System::nanoTime);
        String authorization = config.workers().upstream().authorization();
        HealthMonitor monitor = new HealthMonitor(
                vertx, config.workers().health(), authorization, store.statuses(), Clock.systemUTC(), System::nanoTime);
        Leases leases = new Leases(
                store.leases(), tables, config.state().lease(), pools::provesLife, Leases.Clocks.system(), lostLeases);
        return new Fleet(
                tables,
                pools,
                monitor,
                new WarmUp(vertx, monitor.loop(), config.workers().warmUp(), authorization, System::nanoTime),
                leases,
                new DrainOrders(store.drainOrders(), tables));
    }

    Fleet enter(Lifecycle lifecycle) {
        LiveSettings settings = lifecycle.settings();
        settings.on("routing", next -> pools.adopt(next.state().routing()));
        settings.on("balance", next -> pools.adopt(next.workers().balance()));
        settings.on("breaker", next -> pools.adopt(next.workers().breaker()));
        settings.on("warm-up", next -> pools.adopt(next.workers().warmUp()));
        settings.on("warm-up", next -> warmUp.adopt(next.workers().warmUp()));
        settings.on("lease", next -> leases.adopt(next.state().lease()));
        settings.on("health", next -> monitor.adopt(next.workers().health()));
        lifecycle.jobs().every(EVERY_SECOND, leases::sweep);
        lifecycle.jobs().every(EVERY_SECOND, this::watchClocks);
        lifecycle.jobs().every(EVERY_SECOND, monitor::save);
        lifecycle.shutdown().add(() -> {
            monitor.stop();
            return Future.succeededFuture();
        });
        lifecycle.shutdown().add(monitor::save);
        return this;
    }

    /** The revision of the routing table. */
    long revision() {
        return tables.current().revision();
    }

    private Future<Void> watchClocks() {
        leases.watchClocks();
        return Future.succeededFuture();
    }

    /** Connects the parts of the fleet to each other's changes. */
    void connect() {
        drainOrders.onChange(pools::setDraining);
        pools.onWarmUp(warmUp::begin);
        pools.onEndpoints(monitor::watch, monitor::forget);
    }
}
