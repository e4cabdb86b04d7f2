package dev.foretell.router.upstream.call;

import dev.foretell.commons.identity.WorkerId;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * What a worker answered.
 *
 * @param body all of it, or what had come of it when it turned out to be a stream
 * @param rest what follows the body; null where it was read to its end
 */
public record WorkerResponse(
        WorkerId worker,
        int status,
        MultiMap headers,
        Buffer body,
        @Nullable ResponseStream rest) implements Response {
    public WorkerResponse(WorkerId worker, int status, MultiMap headers, Buffer body) {
        this(worker, status, headers, body, null);
    }
}
