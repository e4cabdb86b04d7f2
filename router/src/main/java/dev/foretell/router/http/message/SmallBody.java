package dev.foretell.router.http.message;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/** Reads the JSON of an administrative call: an object of at most 1 MiB, within 10 seconds. */
public final class SmallBody {
    private static final int MAX_BYTES = 1 << 20;
    private static final Duration MAX = Duration.ofSeconds(10);

    private SmallBody() {}

    /**
     * Call it on the event loop, before anything else reads the body.
     *
     * @return fails with {@link FailureKind#MALFORMED}, {@link FailureKind#INVALID_INPUT} if it is not an object,
     *     {@link FailureKind#REQUEST_TIMEOUT}, or {@link FailureKind#PAYLOAD_TOO_LARGE}
     */
    public static Future<JsonNode> json(HttpServerRequest request) {
        ContentEncodingCheck.requireNoForm(request);
        return BodyReader.read(request, MAX_BYTES, MAX)
                .map(body -> Json.readStorable(body.getBytes()))
                .map(SmallBody::object);
    }

    private static JsonNode object(JsonNode body) {
        if (!body.isObject()) {
            throw new ServingException(FailureKind.INVALID_INPUT, "the body must be a JSON object");
        }
        return body;
    }
}
