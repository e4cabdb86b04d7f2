package dev.foretell.worker.http;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.wire.Authority;
import dev.foretell.commons.wire.Headers;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks who may call: callers with the token, and web pages of allowed origins. Any other page can make a browser send
 * predictions, without reading their responses, and nothing else.
 */
final class Access {
    private static final String SCHEME = "Token ";
    private static final String NO_TOKEN = "Missing auth token: send it as 'Authorization: Token …'";
    private static final Set<String> OWN_SITES = Set.of("none", "same-origin");

    private final byte[] expected;
    private final boolean open;
    private final List<String> origins;

    Access(String token, List<String> origins) {
        this.expected = token.getBytes(StandardCharsets.UTF_8);
        this.open = token.isEmpty();
        this.origins = origins;
    }

    /** @throws ServingException {@link FailureKind#FORBIDDEN} without the right token */
    void require(HttpServerRequest request) {
        String given = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (!open && !matches(given)) {
            throw new ServingException(FailureKind.FORBIDDEN, isOfScheme(given) ? "Invalid auth token" : NO_TOKEN);
        }
        if (open && isOfReboundPage(request)) {
            throw new ServingException(
                    FailureKind.FORBIDDEN,
                    "a web page by whose name this worker is called may not call; if it is yours, add its origin to"
                            + " http.allow-origins");
        }
    }

    /**
     * A page that resolves its own name to this machine (DNS rebinding) could read the response, because its browser
     * takes both for one site. Workers have no pages of their own.
     */
    private boolean isOfReboundPage(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        String host = request.getHeader(HttpHeaders.HOST);
        return origin != null
                && host != null
                && !isAllowed(origin)
                && Authority.ofOrigin(origin)
                        .filter(page -> page.address() == null && !page.isLoopback())
                        .filter(page -> Authority.ofHost(host)
                                .filter(named -> named.host().equals(page.host()))
                                .isPresent())
                        .isPresent();
    }

    /**
     * For calls that are not predictions: no page may make a browser send them.
     *
     * @throws ServingException {@link FailureKind#FORBIDDEN} if a page asks without a token
     */
    void requireNoPage(HttpServerRequest request) {
        boolean ofPage = request.headers().contains(HttpHeaders.ORIGIN)
                || !OWN_SITES.containsAll(request.headers().getAll("Sec-Fetch-Site"));
        if (open && ofPage) {
            throw new ServingException(
                    FailureKind.FORBIDDEN, "web pages may call models and functions only; this is for routers");
        }
    }

    /**
     * Takes constant time, so that it does not reveal how much of a token is right. Schemes are case-insensitive (RFC
     * 9110, 11.1).
     */
    private boolean matches(@Nullable String given) {
        return given != null
                && isOfScheme(given)
                && MessageDigest.isEqual(
                        expected, given.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isOfScheme(@Nullable String given) {
        return given != null && given.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /** Tells a browser that its page may read the response. */
    void allowOrigin(HttpServerRequest request) {
        if (origins.isEmpty()) {
            return;
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        request.response().putHeader(HttpHeaders.VARY, "Origin");
        if (origin != null && isAllowed(origin)) {
            request.response().putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        }
    }

    private boolean isAllowed(String origin) {
        return origins.contains("*") || origins.contains(origin);
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
