package dev.foretell.router.http.message;

import dev.foretell.router.predict.Deadlines;
import dev.foretell.router.upstream.call.Response;
import dev.foretell.router.upstream.call.ResponseStream;
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
            ResponseHead.write(request, answer);
            response.end(answer.body());
        }
    }
}
