package dev.foretell.router.http.message;

import dev.foretell.commons.wire.Headers;
import dev.foretell.router.http.edge.RequestId;
import dev.foretell.router.upstream.call.Response;
import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** The status and headers of a worker's response, as its caller gets them. */
final class ResponseHead {
    private ResponseHead() {}

    static void write(HttpServerRequest request, Response answer) {
        HttpServerResponse response = request.response();
        response.setStatusCode(answer.status());
        copy(answer.headers(), response.headers());
        RequestId.find(request).ifPresent(id -> response.headers().set(Headers.REQUEST_ID, id));
    }

    /** Copies the raw bytes of headers if possible, to avoid converting them to text. */
    private static void copy(MultiMap from, MultiMap to) {
        if (from instanceof HttpHeaders raw) {
            raw.iteratorCharSequence().forEachRemaining(header -> to.add(header.getKey(), header.getValue()));
        } else {
            to.addAll(from);
        }
    }
}
