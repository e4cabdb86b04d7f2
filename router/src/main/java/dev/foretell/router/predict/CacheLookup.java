package dev.foretell.router.predict;

import dev.foretell.commons.wire.Headers;
import dev.foretell.router.cache.CacheKey;
import dev.foretell.router.cache.CachedResponse;
import dev.foretell.router.cache.ResponseCache;
import dev.foretell.router.cache.ResponseCaches;
import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.upstream.call.Response;
import dev.foretell.router.upstream.pool.EndpointPool;
import io.vertx.core.Future;
import java.util.function.BiFunction;

/** Answers calls from the cache, for models that have one. Thread-safe. */
public record CacheLookup(ResponseCaches caches, RequestCounts counts, Outcomes outcomes) {
    /** @param workers called without a cached response, or if the caller refuses one */
    Future<Response> answer(
            EndpointPool pool, PredictCall call, BiFunction<EndpointPool, PredictCall, Future<Response>> workers) {
        ResponseCache store = call.options().isUsual() ? caches.of(pool.model()) : null;
        CacheKey key = store == null ? null : store.key(call.modelId(), call.data());
        if (store == null || key == null) {
            return workers.apply(pool, call);
        }
        CachedResponse kept = call.preferences().wantsFresh() ? null : store.find(key);
        return kept == null
                ? workers.apply(pool, call).onSuccess(response -> keep(store, key, response))
                : Future.succeededFuture(hit(pool, call, kept));
    }

    private Response hit(EndpointPool pool, PredictCall call, CachedResponse kept) {
        counts.cacheHit(pool.model(), call.modelId());
        outcomes.recordResponse(pool, call, null);
        call.trace().onCacheHit();
        return kept;
    }

    private static void keep(ResponseCache store, CacheKey key, Response response) {
        CachedResponse kept = CachedResponse.of(response);
        if (kept != null) {
            store.keep(key, kept.with(Headers.CACHE, "hit"));
        }
    }
}
