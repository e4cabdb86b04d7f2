package dev.foretell.worker.http;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.wire.Headers;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may call: those with the token, and web pages of the allowed origins. */
final class Access {
    private final byte[] expected;
    private final boolean open;
    private final List<String> origins;

    Access(String token, List<String> origins) {
        this.expected = ("Token " + token).getBytes(StandardCharsets.UTF_8);
        this.open = token.isEmpty();
        this.origins = origins;
    }

    /** @throws ServingException {@link FailureKind#FORBIDDEN} without the right token */
    void require(HttpServerRequest request) {
        if (!open && !matches(request.getHeader(HttpHeaders.AUTHORIZATION))) {
            throw new ServingException(FailureKind.FORBIDDEN, "Invalid auth token");
        }
    }

    /** In constant time: how much of a token is right must not show. */
    private boolean matches(@Nullable String given) {
        return given != null && MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8));
    }

    /** Tells a browser that its page may read the answer. */
    void allowOrigin(HttpServerRequest request) {
        if (origins.isEmpty()) {
            return;
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        request.response().putHeader(HttpHeaders.VARY, "Origin");
        if (origin != null && (origins.contains("*") || origins.contains(origin))) {
            request.response().putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        }
    }

    boolean isPreflight(HttpServerRequest request) {
        return request.method() == HttpMethod.OPTIONS
                && !origins.isEmpty()
                && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    }

    void answerPreflight(HttpServerRequest request) {
        request.response()
                .setStatusCode(204)
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST")
                .putHeader(
                        HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS,
                        "Authorization, Content-Type, " + Headers.TIMEOUT_MS + ", " + Headers.REQUEST_ID)
                .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "600")
                .end();
    }
}
