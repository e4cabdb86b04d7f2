package dev.foretell.router.upstream.call;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** The response for a caller, from any source. Must not be changed, because several calls may share it. */
public interface Response {
    int status();

    MultiMap headers();

    /** The whole body, or its first part if the response is a stream. */
    Buffer body();

    /** The rest after the body; null if the body is complete. */
    default @Nullable ResponseStream rest() {
        return null;
    }
}
