package dev.foretell.router.http.reference;

import dev.foretell.router.http.edge.RouteGroup;
import dev.foretell.router.http.message.BackgroundWork;
import dev.foretell.router.http.message.Gzip;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /docs}: the reference of the API, made from {@code openapi.yaml} by the first request. It needs no script and
 * nothing from elsewhere. Thread-safe.
 */
public final class ReferenceApi implements RouteGroup {
    private static final String PATH = "/docs";
    private static final String POLICY =
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final BackgroundWork work;
    private volatile @Nullable Page page;

    private record Page(Buffer text, Buffer compressed) {}

    public ReferenceApi(BackgroundWork work) {
        this.work = work;
    }

    @Override
    public void addTo(Routes routes) {
        routes.always(PATH, this::get);
    }

    private Future<Object> get(RoutingContext ctx) {
        if (!ctx.request().path().equals(PATH)) { // the style sheet's address is relative to it
            ctx.response().setStatusCode(308).putHeader(HttpHeaders.LOCATION, PATH);
            return Future.succeededFuture(Buffer.buffer());
        }
        Page known = page;
        return (known == null ? work.run(this::render) : Future.succeededFuture(known))
                .map(content -> answer(ctx.request(), content));
    }

    private static Object answer(HttpServerRequest request, Page content) {
        HttpServerResponse response = request.response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer");
        Gzip.vary(request);
        if (!Gzip.isWanted(request)) {
            return content.text();
        }
        Gzip.announce(request);
        return content.compressed();
    }

    /** Of several first requests, one makes it. */
    private synchronized Page render() {
        Page known = page;
        if (known == null) {
            Buffer text = Buffer.buffer(new ReferencePage(ApiDescription.read()).html());
            known = new Page(text, new Gzip().of(text, true));
            page = known;
        }
        return known;
    }
}
