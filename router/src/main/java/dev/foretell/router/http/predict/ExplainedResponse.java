package dev.foretell.router.http.predict;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.router.upstream.call.PlainBody;
import dev.foretell.router.upstream.call.Response;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/** A response with its trace: {@code {"answer": 2, "route": {...}}}. */
record ExplainedResponse(int status, MultiMap headers, Buffer body) implements Response {
    /** The body: the model's response and the trace of the call. */
    private record Explained(Object answer, RouteView route) {}

    static ExplainedResponse of(Response response, RouteView route) {
        MultiMap headers =
                HttpHeaders.headers().addAll(response.headers()).set(HttpHeaders.CONTENT_TYPE, "application/json");
        return new ExplainedResponse(
                response.status(),
                headers.remove(HttpHeaders.CONTENT_ENCODING),
                Buffer.buffer(Json.write(new Explained(json(plain(response)), route))));
    }

    private static byte[] plain(Response response) {
        try {
            return PlainBody.of(response.headers(), response.body());
        } catch (ServingException unreadable) {
            return response.body().getBytes();
        }
    }

    /** The worker's JSON unchanged; anything else as a text. */
    private static Object json(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        try {
            var unused = Json.readTree(body);
            return new RawValue(text);
        } catch (ServingException notJson) {
            return text;
        }
    }
}
