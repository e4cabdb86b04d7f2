package dev.foretell.router.http;

import dev.foretell.router.upstream.WorkerAnswer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Passes a worker's answer on as it is, but for the headers that concern one connection only (RFC 9110, 7.6.1). */
final class AnswerWriter {
    private static final Set<String> PER_CONNECTION = Set.of(
            "connection",
            "content-length",
            "keep-alive",
            "proxy-authenticate",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private AnswerWriter() {}

    static void write(HttpServerResponse response, WorkerAnswer answer) {
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(answer.status());
        for (Map.Entry<String, String> header : answer.headers()) {
            if (!PER_CONNECTION.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                response.headers().add(header.getKey(), header.getValue());
            }
        }
        response.end(answer.body());
    }
}
