package dev.foretell.router.http.fractal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.router.http.BodyReader;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Short bodies that are JSON, whatever their content type says; what is not is bad input like any other. */
record JsonBodies(int maxBytes, Duration longest) {
    Future<JsonNode> read(HttpServerRequest request) {
        return BodyReader.read(request, maxBytes)
                .timeout(longest.toMillis(), TimeUnit.MILLISECONDS)
                .map(JsonBodies::parse)
                .recover(JsonBodies::named);
    }

    private static JsonNode parse(Buffer body) {
        try {
            return Json.readTree(body.getBytes());
        } catch (ServingException e) {
            throw new ServingException(FailureKind.INVALID_INPUT, e.detail(), e);
        }
    }

    private static Future<JsonNode> named(Throwable failure) {
        return Future.failedFuture(
                failure instanceof TimeoutException
                        ? new ServingException(FailureKind.DEADLINE_EXCEEDED, "the body took too long to arrive")
                        : failure);
    }
}
