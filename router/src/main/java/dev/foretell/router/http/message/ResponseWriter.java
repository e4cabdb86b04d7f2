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

/** Passes an answer on as it is, with the caller's own request id where it gave one. */
public final class ResponseWriter {
    private ResponseWriter() {}

    /** Whole, or in pieces where it is a stream. */
    public static void pass(HttpServerRequest request, Response response, Deadlines deadlines) {
        ResponseStream rest = response.rest();
        if (rest == null) {
            write(request, response);
        } else {
            StreamedResponse.write(request, response, rest, deadlines);
        }
    }

    public static void write(HttpServerRequest request, Response answer) {
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

    /** As the bytes they came as, where they are: text would have to be made of them first. */
    private static void copy(MultiMap from, MultiMap to) {
        if (from instanceof HttpHeaders raw) {
            raw.iteratorCharSequence().forEachRemaining(header -> to.add(header.getKey(), header.getValue()));
        } else {
            to.addAll(from);
        }
    }
}
