package dev.foretell.router.http.dashboard;

import dev.foretell.router.http.edge.Access;
import dev.foretell.router.http.edge.Guard;
import io.vertx.ext.web.RoutingContext;

/** What a caller of the dashboard may do. The router checks it again at each change. */
enum Role {
    FULL("full"),
    READ_ONLY("read-only");

    private final String text;

    Role(String text) {
        this.text = text;
    }

    static Role of(RoutingContext ctx) {
        return Guard.of(ctx).permits(Access.CHANGE, ctx.request()) ? FULL : READ_ONLY;
    }

    String text() {
        return text;
    }
}
