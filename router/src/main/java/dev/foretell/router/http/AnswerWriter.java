package dev.foretell.router.http;

import dev.foretell.commons.wire.Headers;
import dev.foretell.router.upstream.WorkerAnswer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Passes a worker's answer on as it is, with the caller's own request id where it gave one. */
final class AnswerWriter {
    private AnswerWriter() {}

    static void write(HttpServerRequest request, WorkerAnswer answer) {
        HttpServerResponse response = request.response();
        if (!response.ended() && !response.closed()) {
            head(request, answer);
            response.end(answer.body());
        }
    }

    static void head(HttpServerRequest request, WorkerAnswer answer) {
        HttpServerResponse response = request.response();
        response.setStatusCode(answer.status());
        response.headers().addAll(answer.headers());
        RequestId.given(request).ifPresent(id -> response.headers().set(Headers.REQUEST_ID, id));
    }
}
