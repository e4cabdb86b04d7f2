package dev.foretell.router.http.oip.model;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.wire.WorkerIndex;
import dev.foretell.router.upstream.pool.Endpoint;
import dev.foretell.router.upstream.pool.EndpointPool;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The signatures of functions, computed once per worker description. Thread-safe. */
public final class FunctionSignatures {
    private static final int MAX = 10_000;

    private final Map<ModelKey, Known> known = new ConcurrentHashMap<>();

    /** Valid while the worker's description stays the same. */
    private record Known(WorkerIndex.Function given, FunctionSignature signature) {}

    /** Uses the first of the model's workers that has a description. */
    FunctionSignature of(EndpointPool pool) {
        for (Endpoint endpoint : pool.endpoints()) {
            WorkerIndex.Function given = indexEntry(pool.model(), endpoint);
            if (given != null) {
                return of(pool.model(), given);
            }
        }
        return FunctionSignature.UNKNOWN;
    }

    private static WorkerIndex.@Nullable Function indexEntry(ModelKey model, Endpoint endpoint) {
        WorkerIndex index = endpoint.host().index();
        return index == null
                ? null
                : index.functionFor(model.name(), endpoint.entry().function()).orElse(null);
    }

    private FunctionSignature of(ModelKey model, WorkerIndex.Function given) {
        Known before = known.get(model);
        if (before != null && before.given() == given) {
            return before.signature();
        }
        if (known.size() >= MAX) {
            known.clear();
        }
        FunctionSignature signature = FunctionSignature.of(given);
        known.put(model, new Known(given, signature));
        return signature;
    }
}
