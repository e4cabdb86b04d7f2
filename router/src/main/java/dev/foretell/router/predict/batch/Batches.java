package dev.foretell.router.predict.batch;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.time.Scheduler;
import dev.foretell.router.batch.BatchConfig;
import dev.foretell.router.batch.Batcher;
import dev.foretell.router.predict.attempt.AttemptLoop;
import dev.foretell.router.predict.attempt.AttemptTools;
import dev.foretell.router.predict.call.AttemptHistory;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.router.upstream.pool.EndpointPool;
import dev.foretell.router.upstream.pool.EndpointPools;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Sends calls to workers: in batches if the model has a batcher, otherwise singly. Confined to its event loop. */
public final class Batches {
    /** Well below a worker's limit for one body. */
    private static final int MAX_BYTES = 8 * 1024 * 1024;

    private final EndpointPools pools;
    private final AttemptTools tools;
    private final BatchDelivery together;
    private final Scheduler scheduler;
    private final LongSupplier nanoClock;
    private final Map<ModelKey, Joined> versions = new HashMap<>();
    private Map<ModelKey, Joined> models = Map.of();
    private BatchConfig config;

    /** A model's batcher, its maximum batch size, and the maximum length of joined data. */
    private record Joined(Batcher<BatchItem> batcher, int max, int maxBytes) {}

    public Batches(BatchConfig config, EndpointPools pools, AttemptTools tools) {
        this.pools = pools;
        this.tools = tools;
        this.together = new BatchDelivery(tools);
        this.scheduler = tools.scheduler();
        this.nanoClock = tools.nanoClock();
        this.config = config;
        adopt(config);
    }

    /** Uses new settings from now on; waiting calls leave by the old ones. */
    public void adopt(BatchConfig next) {
        config = next;
        Map<ModelKey, Joined> all = new HashMap<>();
        next.models().forEach((name, max) -> {
            if (max > 1) {
                all.put(ModelKey.parse(name), join(max));
            }
        });
        models = all;
        versions.clear();
    }

    private Joined join(int max) {
        Batcher<BatchItem> batcher =
                new Batcher<>(max, config.window(), config.targetP99(), scheduler, nanoClock, this::deliver);
        return new Joined(batcher, max, MAX_BYTES / max);
    }

    /** Each version of a model has its own batcher, because a batch goes to one function. */
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
        Joined own = join(model.max());
        versions.put(version, own);
        return own;
    }

    /** Never throws, because the call already holds a permit. */
    public Future<WorkerResponse> deliver(EndpointPool pool, PredictCall call) {
        try {
            call.trace().onAdmission(pool, call);
            Joined joined = models.isEmpty() ? null : of(pool.model());
            return joined == null || !isJoinable(pool, call, joined)
                    ? new AttemptLoop(tools, pool, call, new AttemptHistory(nanoClock)).run()
                    : join(pool, call, joined);
        } catch (Throwable bug) {
            return Future.failedFuture(bug);
        }
    }

    /** Only calls that any worker may take, and that are for the model's own function, can share a request. */
    private static boolean isJoinable(EndpointPool pool, PredictCall call, Joined joined) {
        return pool.batchLimit() > 1
                && call.options().isUsual()
                && !pool.isKeyed()
                && call.data().length() <= joined.maxBytes()
                && call.modelId().equals(pool.model().name())
                && call.cancellation().reason() == null;
    }

    private static Future<WorkerResponse> join(EndpointPool pool, PredictCall call, Joined joined) {
        BatchItem item = new BatchItem(pool.model(), call);
        joined.batcher().join(item, pool.batchLimit());
        return item.outcome();
    }

    /** Looks up the pool again, because it may have been replaced while the calls waited. */
    private Future<?> deliver(List<BatchItem> items) {
        PredictCall any = items.get(0).call();
        try {
            return together.deliver(pools.require(any.type(), any.modelId()), items);
        } catch (Throwable e) {
            items.forEach(item -> item.fail(e));
            return Future.succeededFuture();
        }
    }
}
