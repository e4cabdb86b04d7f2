package dev.foretell.router.fallback;

import dev.foretell.router.upstream.call.Response;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** A call without a response, as a fallback sees it. */
public interface FailedCall {
    String modelId();

    Buffer data();

    FallbackReason reason();

    /** The response of another model of the same type within the remaining time; fails if there is none. */
    Future<Response> callOther(String model);
}
