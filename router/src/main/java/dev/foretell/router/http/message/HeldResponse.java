package dev.foretell.router.http.message;

import dev.foretell.router.upstream.call.CallMemory;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Sends a response that takes memory until its caller has it, or has hung up. */
public final class HeldResponse {
    private HeldResponse() {}

    /**
     * Call it on the event loop, where the body must complete too.
     *
     * @param body JSON, unless the response has another Content-Type
     * @param memory is closed at the end, also if there is no body
     * @return completes once the response has been sent
     */
    public static Future<Object> send(HttpServerRequest request, Future<Buffer> body, CallMemory memory) {
        return body.<Object>compose(whole -> end(request.response(), whole)).onComplete(sent -> memory.close());
    }

    private static Future<Object> end(HttpServerResponse response, Buffer body) {
        if (response.headWritten() || response.closed()) {
            return Future.succeededFuture(body);
        }
        if (!response.headers().contains(HttpHeaders.CONTENT_TYPE)) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        }
        return response.end(body).transform(sent -> Future.succeededFuture(body));
    }
}
