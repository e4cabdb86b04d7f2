package dev.foretell.router.http.oip;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.wire.WorkerIndex;
import dev.foretell.router.upstream.EndpointPool;
import dev.foretell.router.upstream.Seat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The signatures of functions, worked out once for what a worker says. Thread-safe. */
final class FunctionSignatures {
    private static final int MOST = 10_000;

    private final Map<ModelKey, Known> known = new ConcurrentHashMap<>();

    /** Holds as long as the worker says the very same. */
    private record Known(WorkerIndex.Function said, FunctionSignature signature) {}

    /** As the first of the model's workers has it that says anything. */
    FunctionSignature of(EndpointPool pool) {
        for (Seat seat : pool.seats()) {
            WorkerIndex.Function said = said(pool.model(), seat);
            if (said != null) {
                return of(pool.model(), said);
            }
        }
        return FunctionSignature.UNKNOWN;
    }

    private static WorkerIndex.@Nullable Function said(ModelKey model, Seat seat) {
        WorkerIndex index = seat.endpoint().index();
        return index == null
                ? null
                : index.functionFor(model.name(), seat.entry().function()).orElse(null);
    }

    private FunctionSignature of(ModelKey model, WorkerIndex.Function said) {
        Known before = known.get(model);
        if (before != null && before.said() == said) {
            return before.signature();
        }
        if (known.size() >= MOST) {
            known.clear();
        }
        FunctionSignature signature = FunctionSignature.of(said);
        known.put(model, new Known(said, signature));
        return signature;
    }
}
