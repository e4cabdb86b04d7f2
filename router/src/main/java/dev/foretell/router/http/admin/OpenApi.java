package dev.foretell.router.http.admin;

import dev.foretell.router.http.message.Gzip;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** {@code GET /openapi.yaml}: the description of this API. */
final class OpenApi {
    private static final Buffer TEXT = read();
    private static final Buffer COMPRESSED = new Gzip().of(TEXT, true);

    private OpenApi() {}

    static Future<Object> get(RoutingContext ctx) {
        ctx.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/yaml");
        Gzip.vary(ctx.request());
        if (!Gzip.isWanted(ctx.request())) {
            return Future.succeededFuture(TEXT);
        }
        Gzip.announce(ctx.request());
        return Future.succeededFuture(COMPRESSED);
    }

    private static Buffer read() {
        try (InputStream in = Objects.requireNonNull(OpenApi.class.getResourceAsStream("/openapi.yaml"))) {
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
