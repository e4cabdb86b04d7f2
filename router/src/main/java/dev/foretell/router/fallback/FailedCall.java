package dev.foretell.router.fallback;

import dev.foretell.router.upstream.call.Response;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** A call that got no answer, as a fallback sees it. */
public interface FailedCall {
    String modelId();

    Buffer data();

    FallbackReason reason();

    /** The answer of another model of the same type, in the time that is left; fails where it cannot be had. */
    Future<Response> callOther(String model);
}
