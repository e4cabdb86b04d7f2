package dev.foretell.router.upstream;

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
public record WorkerAnswer(
        WorkerId worker,
        int status,
        MultiMap headers,
        Buffer body,
        @Nullable AnswerStream rest) implements Answer {
    public WorkerAnswer(WorkerId worker, int status, MultiMap headers, Buffer body) {
        this(worker, status, headers, body, null);
    }
}
