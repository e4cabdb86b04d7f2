package dev.foretell.router;

import dev.foretell.commons.config.Inline;
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
import dev.foretell.router.tasks.TrainingConfig;
import dev.foretell.router.upstream.breaker.BreakerConfig;
import dev.foretell.router.upstream.connection.UpstreamConfig;
import dev.foretell.router.upstream.pool.WarmUpConfig;
import dev.foretell.tracing.TracingConfig;

/**
 * All settings of a router: it collects the records that the rooms declare. {@code conf/router.yaml} documents each
 * setting.
 */
public record RouterConfig(
        HttpConfig http,
        @Inline State state,
        @Inline Workers workers,
        @Inline Calls calls,
        @Inline Learning learning,
        TracingConfig tracing) {
    /** The state: the routing table, where it is stored, and its announcement. */
    public record State(StoreConfig redis, RoutingConfig routing, Leases.Config lease, DiscoveryConfig discovery) {
        static State defaults() {
            return new State(
                    StoreConfig.defaults(),
                    RoutingConfig.defaults(),
                    Leases.Config.defaults(),
                    DiscoveryConfig.defaults());
        }
    }

    /** How workers are chosen, called and watched. */
    public record Workers(
            HealthConfig health,
            BalanceConfig balance,
            BreakerConfig breaker,
            WarmUpConfig warmUp,
            UpstreamConfig upstream) {
        static Workers defaults() {
            return new Workers(
                    HealthConfig.defaults(),
                    BalanceConfig.defaults(),
                    BreakerConfig.defaults(),
                    WarmUpConfig.defaults(),
                    UpstreamConfig.defaults());
        }
    }

    /** The handling of a call: its deadline, admission, retries, batches, cache and fallbacks. */
    public record Calls(
            Deadlines.Config deadline,
            AdmissionConfig admission,
            Retrier.Config retry,
            BatchConfig batch,
            CacheConfig cache,
            FallbackConfig fallback) {
        static Calls defaults() {
            return new Calls(
                    Deadlines.Config.defaults(),
                    AdmissionConfig.defaults(),
                    Retrier.Config.defaults(),
                    BatchConfig.defaults(),
                    CacheConfig.defaults(),
                    FallbackConfig.defaults());
        }
    }

    /** Registered models, tasks that train them, and code that tasks may run. */
    public record Learning(ModelsConfig models, TasksConfig tasks, TrainingConfig training) {
        static Learning defaults() {
            return new Learning(ModelsConfig.defaults(), TasksConfig.defaults(), TrainingConfig.defaults());
        }
    }

    /** The settings of registered models. */
    public ModelsConfig models() {
        return learning.models();
    }

    /** The settings of training tasks. */
    public TasksConfig tasks() {
        return learning.tasks();
    }

    /** The same settings, with the bounds on bodies lowered to what the memory allows. */
    RouterConfig clamp(EdgeMemory memory) {
        HttpConfig fitting = http.clamp(memory);
        return fitting.equals(http) ? this : new RouterConfig(fitting, state, workers, calls, learning, tracing);
    }

    public static RouterConfig defaults() {
        return new RouterConfig(
                HttpConfig.defaults(),
                State.defaults(),
                Workers.defaults(),
                Calls.defaults(),
                Learning.defaults(),
                TracingConfig.defaults());
    }
}
