package dev.foretell.router.fallback;

import dev.foretell.commons.wire.Headers;
import dev.foretell.router.upstream.call.Response;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;

/** A fallback response; a header marks it. */
public record FallbackResponse(int status, MultiMap headers, Buffer body) implements Response {
    /** Creates a response of this kind for this reason. */
    public static FallbackResponse of(Response response, String kind, FallbackReason reason) {
        MultiMap headers =
                HttpHeaders.headers().addAll(response.headers()).set(Headers.FALLBACK, kind + "; reason=" + reason);
        return new FallbackResponse(response.status(), headers, response.body());
    }
}
