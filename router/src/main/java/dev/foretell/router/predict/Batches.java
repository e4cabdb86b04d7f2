package dev.foretell.router.predict;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.batch.BatchConfig;
import dev.foretell.router.batch.Batcher;
import dev.foretell.router.upstream.EndpointPool;
import dev.foretell.router.upstream.EndpointPools;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The batchers of one event loop, one for each model whose calls are joined. Confined to its event loop. */
final class Batches {
    /** Well under what a worker takes as one body. */
    private static final int MOST_BYTES = 8 * 1024 * 1024;

    private final EndpointPools pools;
    private final BatchDelivery delivery;
    private final Batcher.Timers timers;
    private final LongSupplier nanoClock;
    private final Map<ModelKey, Joined> versions = new HashMap<>();
    private Map<ModelKey, Joined> models = Map.of();
    private BatchConfig config;

    /** A model's batcher, most calls in a batch, and the longest data that is joined with others. */
    private record Joined(Batcher<BatchItem> batcher, int max, int maxBytes) {}

    Batches(
            BatchConfig config,
            EndpointPools pools,
            BatchDelivery delivery,
            Batcher.Timers timers,
            LongSupplier nanoClock) {
        this.pools = pools;
        this.delivery = delivery;
        this.timers = timers;
        this.nanoClock = nanoClock;
        this.config = config;
        adopt(config);
    }

    /** Goes by other settings from now on; calls that wait for each other leave as they would have. */
    void adopt(BatchConfig next) {
        config = next;
        Map<ModelKey, Joined> all = new HashMap<>();
        next.models().forEach((name, max) -> {
            if (max > 1) {
                all.put(ModelKey.parse(name), joined(max));
            }
        });
        models = all;
        versions.clear();
    }

    private Joined joined(int max) {
        Batcher<BatchItem> batcher =
                new Batcher<>(max, config.window(), config.targetP99(), timers, nanoClock, this::deliver);
        return new Joined(batcher, max, MOST_BYTES / max);
    }

    /** Each version of a model has one of its own, since a batch goes to one function. */
    private @Nullable Joined of(ModelKey model) {
        Joined own = models.get(model);
        Joined known = own == null ? versions.get(model) : own;
        return known != null || !model.isVersion() ? known : ofVersion(model);
    }

    private @Nullable Joined ofVersion(ModelKey version) {
        Joined model = models.get(version.base());
        if (model == null) {
            return null;
        }
        versions.keySet().removeIf(one -> pools.find(one).isEmpty());
        Joined own = joined(model.max());
        versions.put(version, own);
        return own;
    }

    /**
     * Sends the call with others of its model; null where it is to go by itself. Only calls that any worker may get and that
     * are for the model's own function can share a request.
     */
    @Nullable
    Future<Delivered> join(EndpointPool pool, PredictCall call) {
        Joined joined = models.isEmpty() ? null : of(pool.model());
        int limit = joined == null ? 0 : pool.batchLimit();
        if (joined == null
                || limit < 2
                || call.form() != null
                || pool.isKeyed()
                || call.data().length() > joined.maxBytes()
                || !call.modelId().equals(pool.model().name())
                || call.abort().reason() != null) {
            return null;
        }
        BatchItem item = new BatchItem(pool.model(), call);
        joined.batcher().join(item, limit);
        return item.outcome();
    }

    /** The pool is looked up anew: it may have been replaced while the calls waited. */
    private Future<?> deliver(List<BatchItem> items) {
        PredictCall any = items.get(0).call();
        try {
            return delivery.deliver(pools.require(any.type(), any.modelId()), items);
        } catch (RuntimeException e) {
            items.forEach(item -> item.fail(e));
            return Future.succeededFuture();
        }
    }
}
