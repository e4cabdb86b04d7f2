package dev.foretell.router.http;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Supplier;

/** Who may change things, and see what is not for callers: whoever has the token, or where none is set, some addresses. */
record Writers(Supplier<Rule> rule) {
    /** What is set. */
    record Rule(CidrList addresses, Optional<Token> token) {
        /** @throws IllegalArgumentException as {@link Token#of} */
        static Rule of(HttpConfig config) {
            return new Rule(CidrList.parse(config.writesFrom()), Token.of(config.token(), config.tokenFile()));
        }
    }

    /**
     * Lets a request pass, or not.
     *
     * @param what only they may do
     * @throws ServingException {@link FailureKind#UNAUTHENTICATED} or {@link FailureKind#FORBIDDEN}
     */
    void require(HttpServerRequest request, String what) {
        Rule now = rule.get();
        if (now.token().isPresent()) {
            requireToken(now.token().get(), request, what);
        } else {
            requireAddress(now.addresses(), request, what);
        }
    }

    private static void requireToken(Token token, HttpServerRequest request, String what) {
        if (!token.isIn(request)) {
            request.response().putHeader("WWW-Authenticate", "Bearer realm=\"foretell\"");
            throw new ServingException(
                    FailureKind.UNAUTHENTICATED, "to " + what + ", send the router's token: Authorization: Bearer …");
        }
    }

    private static void requireAddress(CidrList addresses, HttpServerRequest request, String what) {
        String peer = request.remoteAddress().hostAddress();
        if (peer == null || !addresses.contains(peer)) {
            throw new ServingException(
                    FailureKind.FORBIDDEN,
                    "this address may not " + what + "; the setting http.writes-from names those that may");
        }
    }
}
