package dev.foretell.router.http.edge;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The secret of callers with full access: {@code Authorization: Bearer …} (RFC 6750). Never shown. */
final class Token {
    private static final String SCHEME = "bearer ";

    private final byte[] secret;

    private Token(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The configured token; empty without one.
     *
     * @throws IllegalArgumentException with the problem
     */
    static Optional<Token> of(@Nullable String secret) {
        if (secret != null && (secret.length() < 8 || !secret.chars().allMatch(c -> c > ' ' && c < 0x7f))) {
            throw new IllegalArgumentException("the token must be 8 or more visible characters");
        }
        return Optional.ofNullable(secret).map(Token::new);
    }

    /** Whether the request has the token; takes constant time. */
    boolean isIn(HttpServerRequest request) {
        String given = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (given == null || !isOfScheme(given)) {
            return false;
        }
        byte[] sent = given.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(secret, sent);
    }

    /** The error for a caller without the token. */
    static String refusal(HttpServerRequest request, String what) {
        String given = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (given == null || given.strip().equalsIgnoreCase(SCHEME.strip())) {
            return "to " + what + ", send the router's token: Authorization: Bearer …";
        }
        return isOfScheme(given)
                ? "the token that was sent is not this router's (its http.token): to " + what + ", send that one"
                : "to " + what + ", send the router's token as 'Authorization: Bearer …', not by another scheme";
    }

    private static boolean isOfScheme(String given) {
        return given.toLowerCase(Locale.ROOT).startsWith(SCHEME);
    }
}
