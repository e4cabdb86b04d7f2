package dev.foretell.router.http;

import dev.foretell.router.upstream.WorkerAnswer;
import io.vertx.core.http.HttpServerResponse;

/** Passes a worker's answer on as it is. */
final class AnswerWriter {
    private AnswerWriter() {}

    static void write(HttpServerResponse response, WorkerAnswer answer) {
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(answer.status());
            response.headers().addAll(answer.headers());
            response.end(answer.body());
        }
    }
}
