package dev.foretell.router.http.fractal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.http.message.SmallBody;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;

/** Reads short JSON bodies; here, invalid JSON is bad input like any other: 422. */
final class JsonBodies {
    private JsonBodies() {}

    static Future<JsonNode> read(HttpServerRequest request) {
        return SmallBody.json(request).recover(JsonBodies::badInput);
    }

    private static Future<JsonNode> badInput(Throwable failure) {
        return Future.failedFuture(
                failure instanceof ServingException known && known.kind() == FailureKind.MALFORMED
                        ? new ServingException(FailureKind.INVALID_INPUT, known.detail(), known)
                        : failure);
    }
}
