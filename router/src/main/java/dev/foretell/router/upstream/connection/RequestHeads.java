package dev.foretell.router.upstream.connection;

import dev.foretell.commons.wire.WorkerIndex;
import dev.foretell.router.upstream.pool.Endpoint;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request heads of one worker, one per endpoint. A head is created at its first use, and again after a change of
 * the worker's index or path. All heads are dropped from time to time, so that those of removed endpoints do not stay.
 * Confined to its event loop.
 */
final class RequestHeads {
    private final Map<Endpoint, RequestHead> byEndpoint = new IdentityHashMap<>(4);

    RequestHead of(Endpoint endpoint, String modelId, @Nullable String authorization) {
        String path = endpoint.path(modelId);
        String target = path == null ? "/" + endpoint.model().name() : path;
        WorkerIndex index = endpoint.host().index();
        RequestHead known = byEndpoint.get(endpoint);
        if (known == null || !known.isFor(target, index)) {
            known = new RequestHead(endpoint.host().address(), target, index, authorization);
            byEndpoint.put(endpoint, known);
        }
        return known;
    }

    void forget() {
        byEndpoint.clear();
    }
}
