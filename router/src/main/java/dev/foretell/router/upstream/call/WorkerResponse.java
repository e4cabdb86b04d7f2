package dev.foretell.router.upstream.call;

import dev.foretell.commons.identity.WorkerId;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A worker's response.
 *
 * @param body the whole body, or its first part if the response is a stream
 * @param rest the rest after the body; null if the body is complete
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
