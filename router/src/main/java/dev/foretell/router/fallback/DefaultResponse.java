package dev.foretell.router.fallback;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import dev.foretell.router.upstream.call.Response;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;

/** The same response to every input. */
record DefaultResponse(Response response) implements Fallback {
    static DefaultResponse of(JsonNode json) {
        return new DefaultResponse(new FallbackResponse(
                200,
                HttpHeaders.headers().set(HttpHeaders.CONTENT_TYPE, "application/json"),
                Buffer.buffer(Json.write(json))));
    }

    @Override
    public String kind() {
        return "default";
    }

    @Override
    public Future<Response> insteadOf(FailedCall call) {
        return Future.succeededFuture(response);
    }
}
