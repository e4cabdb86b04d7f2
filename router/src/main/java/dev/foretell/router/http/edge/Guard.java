package dev.foretell.router.http.edge;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Checks the access of a request. With a token set, the request must have it. Otherwise the caller's address must be
 * allowed and the request must not come from a web page of another site, whatever a browser can be made to send. A link of
 * another site may lead to what only shows state.
 * Thread-safe.
 */
public record Guard(Supplier<Rule> rule) {
    /** The configured rule. */
    public record Rule(CidrList addresses, Optional<Token> token, AllowedHosts names) {
        /** @throws IllegalArgumentException like {@link Token#of} and {@link AllowedHosts#of} */
        public static Rule of(HttpConfig config) {
            return new Rule(
                    CidrList.parse(config.adminAccess().writesFrom()),
                    Token.of(config.adminAccess().token()),
                    AllowedHosts.of(
                            config.listener().host(), config.adminAccess().names()));
        }
    }

    private static final String KEY = "guard";

    /** The guard of a request for state that has passed it. */
    public static Guard of(RoutingContext ctx) {
        return Objects.requireNonNull(ctx.get(KEY), "no guard has seen this request");
    }

    /** Checks a request, and stays with one for state, for {@link #of}: others, predictions above all, pay nothing for that. */
    public void enter(Access access, RoutingContext ctx) {
        require(access, ctx.request());
        if (access == Access.STATE) {
            ctx.put(KEY, this);
        }
    }

    /** Whether a request has this access; for what to show to its caller. */
    public boolean permits(Access access, HttpServerRequest request) {
        Optional<Token> token = rule.get().token();
        if (token.isPresent()) {
            return access == Access.OPEN || token.get().isIn(request);
        }
        try {
            require(access, request);
            return true;
        } catch (ServingException refused) {
            return false;
        }
    }

    /**
     * Checks a request.
     *
     * @param what the action for the error message: "to … this router"
     * @throws ServingException {@link FailureKind#UNAUTHENTICATED} or {@link FailureKind#FORBIDDEN}
     */
    public void require(Access access, HttpServerRequest request, String what) {
        if (access == Access.OPEN) {
            return;
        }
        Rule now = rule.get();
        if (now.token().isPresent()) {
            requireToken(now.token().get(), request, what);
            return;
        }
        if (access == Access.CHANGE) {
            requireAddress(now.addresses(), request, what);
        }
        if (access == Access.CHANGE || !CrossSiteCheck.isNavigation(request)) {
            new CrossSiteCheck(now.names()).requireOwn(request);
        }
        now.names().require(request);
    }

    /** The same, with an action that follows from the access. */
    public void require(Access access, HttpServerRequest request) {
        require(access, request, access == Access.STATE ? "see this" : "change things");
    }

    private static void requireToken(Token token, HttpServerRequest request, String what) {
        if (!token.isIn(request)) {
            request.response().putHeader("WWW-Authenticate", "Bearer realm=\"foretell\"");
            throw new ServingException(FailureKind.UNAUTHENTICATED, Token.refusal(request, what));
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
