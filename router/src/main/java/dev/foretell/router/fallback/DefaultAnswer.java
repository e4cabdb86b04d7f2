package dev.foretell.router.fallback;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import dev.foretell.router.upstream.Answer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;

/** The same answer to all input. */
record DefaultAnswer(Answer answer) implements Fallback {
    static DefaultAnswer of(JsonNode json) {
        return new DefaultAnswer(new StandIn(
                200,
                HttpHeaders.headers().set(HttpHeaders.CONTENT_TYPE, "application/json"),
                Buffer.buffer(Json.write(json))));
    }

    @Override
    public String kind() {
        return "default";
    }

    @Override
    public Future<Answer> insteadOf(FailedCall call) {
        return Future.succeededFuture(answer);
    }
}
