package dev.foretell.router.fallback;

import dev.foretell.router.upstream.call.Response;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** The fallback of one model. Thread-safe. */
public sealed interface Fallback permits DefaultResponse, LastGoodResponse, OtherModelFallback {
    /** The kind as in the header: {@code last-good}. */
    String kind();

    /** The fallback response to a call; fails if there is none. */
    Future<Response> insteadOf(FailedCall call);

    /** Records a worker's response. */
    default void record(String modelId, Buffer data, Response response) {}
}
