package dev.foretell.router;

import dev.foretell.edge.EdgeMemory;
import dev.foretell.router.admission.AdmissionConfig;
import dev.foretell.router.balance.BalanceConfig;
import dev.foretell.router.batch.BatchConfig;
import dev.foretell.router.cache.CacheConfig;
import dev.foretell.router.discovery.DiscoveryConfig;
import dev.foretell.router.fallback.FallbackConfig;
import dev.foretell.router.health.HealthConfig;
import dev.foretell.router.http.edge.HttpConfig;
import dev.foretell.router.models.ModelsConfig;
import dev.foretell.router.predict.Deadlines;
import dev.foretell.router.retry.Retrier;
import dev.foretell.router.routing.Leases;
import dev.foretell.router.routing.RoutingConfig;
import dev.foretell.router.store.connection.StoreConfig;
import dev.foretell.router.tasks.TasksConfig;
import dev.foretell.router.upstream.breaker.BreakerConfig;
import dev.foretell.router.upstream.connection.UpstreamConfig;
import dev.foretell.router.upstream.pool.WarmUpConfig;

/** All settings of a router: what the rooms declare, collected. {@code conf/router.yaml} says what each one means. */
public record RouterConfig(
        HttpConfig http,
        StoreConfig redis,
        RoutingConfig routing,
        Leases.Config lease,
        BalanceConfig balance,
        HealthConfig health,
        AdmissionConfig admission,
        Deadlines.Config deadline,
        Retrier.Config retry,
        BatchConfig batch,
        CacheConfig cache,
        FallbackConfig fallback,
        BreakerConfig breaker,
        WarmUpConfig warmUp,
        UpstreamConfig upstream,
        DiscoveryConfig discovery,
        ModelsConfig models,
        TasksConfig tasks) {
    /** The same with what callers may send as long as memory lets it. */
    RouterConfig clamp(EdgeMemory memory) {
        HttpConfig fitting = http.clamp(memory);
        return fitting.equals(http)
                ? this
                : new RouterConfig(
                        fitting, redis, routing, lease, balance, health, admission, deadline, retry, batch, cache,
                        fallback, breaker, warmUp, upstream, discovery, models, tasks);
    }

    public static RouterConfig defaults() {
        return new RouterConfig(
                HttpConfig.defaults(),
                StoreConfig.defaults(),
                RoutingConfig.defaults(),
                Leases.Config.defaults(),
                BalanceConfig.defaults(),
                HealthConfig.defaults(),
                AdmissionConfig.defaults(),
                Deadlines.Config.defaults(),
                Retrier.Config.defaults(),
                BatchConfig.defaults(),
                CacheConfig.defaults(),
                FallbackConfig.defaults(),
                BreakerConfig.defaults(),
                WarmUpConfig.defaults(),
                UpstreamConfig.defaults(),
                DiscoveryConfig.defaults(),
                ModelsConfig.defaults(),
                TasksConfig.defaults());
    }
}
