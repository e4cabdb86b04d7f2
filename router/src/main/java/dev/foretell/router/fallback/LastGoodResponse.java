package dev.foretell.router.fallback;

import dev.foretell.router.cache.CacheKey;
import dev.foretell.router.cache.CachedResponse;
import dev.foretell.router.cache.ResponseCache;
import dev.foretell.router.upstream.call.Response;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** A worker's last good response to the same input, even if the workers have changed since. */
record LastGoodResponse(ResponseCache store) implements Fallback {
    @Override
    public String kind() {
        return "last-good";
    }

    @Override
    public Future<Response> insteadOf(FailedCall call) {
        CacheKey key = store.key(call.modelId(), call.data());
        CachedResponse kept = key == null ? null : store.find(key);
        return kept == null
                ? Future.failedFuture("no good response to this input is known")
                : Future.succeededFuture(kept);
    }

    @Override
    public void record(String modelId, Buffer data, Response response) {
        CacheKey key = store.key(modelId, data);
        CachedResponse good = key == null ? null : CachedResponse.of(response);
        if (key != null && good != null) {
            store.keep(key, good);
        }
    }
}
