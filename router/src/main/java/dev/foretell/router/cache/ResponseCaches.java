package dev.foretell.router.cache;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.wire.WorkerEntry;
import dev.foretell.router.routing.RoutingTable;
import dev.foretell.router.upstream.pool.WorkerHost;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The caches of the models that have one. Shared by all event loops; thread-safe. */
public final class ResponseCaches {
    private final Map<ModelKey, ResponseCache> models;

    private ResponseCaches(Map<ModelKey, ResponseCache> models) {
        this.models = Map.copyOf(models);
    }

    public static ResponseCaches of(CacheConfig config, LongSupplier nanoClock) {
        return new ResponseCaches(config.models().entrySet().stream()
                .collect(Collectors.toMap(
                        model -> ModelKey.parse(model.getKey()), model -> store(model.getValue(), nanoClock))));
    }

    /** Whether no model has a cache. */
    public boolean isEmpty() {
        return models.isEmpty();
    }

    private static ResponseCache store(CacheConfig.PerModel config, LongSupplier nanoClock) {
        return new ResponseCache(config.ttl(), config.maxBytes(), nanoClock);
    }

    /** Null if the model has no cache. */
    public @Nullable ResponseCache of(ModelKey model) {
        return model.lookUp(models);
    }

    /** Clears the cache of each model with changed workers, because a new worker may be a new version. */
    public void follow(RoutingTable before, RoutingTable after) {
        models.forEach((model, store) -> {
            if (!before.of(model).equals(after.of(model))) {
                store.clear();
            }
        });
    }

    /** Clears the caches of all models of a worker, because another version may have started at the same address. */
    public void clear(RoutingTable table, WorkerHost.Address address) {
        models.forEach((model, store) -> {
            boolean there = table.of(model).values().stream()
                    .flatMap(entry -> entry.workers().stream())
                    .anyMatch(worker -> isAt(address, worker));
            if (there) {
                store.clear();
            }
        });
    }

    private static boolean isAt(WorkerHost.Address address, WorkerEntry worker) {
        return worker.port() == address.port() && worker.host().equals(address.host());
    }
}
