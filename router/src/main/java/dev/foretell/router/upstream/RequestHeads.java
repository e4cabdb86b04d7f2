package dev.foretell.router.upstream;

import dev.foretell.commons.wire.WorkerIndex;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request heads of one worker: one per seat, made when it is first needed and again once the worker's index or the path
 * changes. Forgets all of them now and then, so that seats that have left the pool are not kept. Confined to its event loop.
 */
final class RequestHeads {
    private final Map<Seat, RequestHead> bySeat = new IdentityHashMap<>(4);

    RequestHead of(Seat seat, String modelId, @Nullable String authorization) {
        String path = seat.path(modelId);
        String target = path == null ? "/" + seat.model().name() : path;
        WorkerIndex index = seat.endpoint().index();
        RequestHead known = bySeat.get(seat);
        if (known == null || !known.isFor(target, index)) {
            known = new RequestHead(seat.endpoint().address(), target, index, authorization);
            bySeat.put(seat, known);
        }
        return known;
    }

    void forget() {
        bySeat.clear();
    }
}
