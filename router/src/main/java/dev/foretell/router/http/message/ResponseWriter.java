package dev.foretell.router.http.message;

import dev.foretell.commons.wire.Headers;
import dev.foretell.router.http.edge.RequestId;
import dev.foretell.router.predict.Deadlines;
import dev.foretell.router.upstream.call.Response;
import dev.foretell.router.upstream.call.ResponseStream;
import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Passes a response on unchanged, with the caller's own request id if it sent one. */
public final class ResponseWriter {
    private ResponseWriter() {}

    /** Sends the whole response, or pieces if it is a stream. */
    public static void write(HttpServerRequest request, Response response, Deadlines deadlines) {
        ResponseStream rest = response.rest();
        if (rest == null) {
            writeWhole(request, response);
        } else {
            StreamedResponse.write(request, response, rest, deadlines);
        }
    }

    private static void writeWhole(HttpServerRequest request, Response answer) {
        HttpServerResponse response = request.response();
        if (!response.ended() && !response.closed()) {
            head(request, answer);
            response.end(answer.body());
        }
    }

    static void head(HttpServerRequest request, Response answer) {
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
