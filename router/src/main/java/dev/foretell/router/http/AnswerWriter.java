package dev.foretell.router.http;

import dev.foretell.commons.wire.Headers;
import dev.foretell.router.upstream.Answer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Passes an answer on as it is, with the caller's own request id where it gave one. */
final class AnswerWriter {
    private AnswerWriter() {}

    static void write(HttpServerRequest request, Answer answer) {
        HttpServerResponse response = request.response();
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(answer.status());
            response.headers().addAll(answer.headers());
            RequestId.given(request).ifPresent(id -> response.headers().set(Headers.REQUEST_ID, id));
            response.end(answer.body());
        }
    }
}
