package dev.foretell.router.fallback;

import dev.foretell.router.upstream.call.Response;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** What stands in for the answers of one model. Thread-safe. */
public sealed interface Fallback permits DefaultResponse, LastGoodResponse, OtherModelFallback {
    /** As in the header: {@code last-good}. */
    String kind();

    /** Fails where there is nothing for this call. */
    Future<Response> insteadOf(FailedCall call);

    /** Takes note of what a worker answered. */
    default void record(String modelId, Buffer data, Response response) {}
}
