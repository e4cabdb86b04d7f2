package dev.foretell.router.http.message;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** A response of plain text, which no browser keeps. */
public final class PlainText {
    private PlainText() {}

    /** The body, as a handler returns it; sets the headers. */
    public static Buffer of(RoutingContext ctx, String text) {
        ctx.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return Buffer.buffer(text);
    }
}
