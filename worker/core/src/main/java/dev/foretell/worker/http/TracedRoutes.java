package dev.foretell.worker.http;

import dev.foretell.commons.identity.Names;
import dev.foretell.commons.wire.Headers;
import dev.foretell.commons.wire.TraceParent;
import dev.foretell.tracing.Span;
import dev.foretell.tracing.Tracing;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** Records a span for each call that is chosen, usually by the router, whose attempt it is a part of. Thread-safe. */
record TracedRoutes(Tracing tracing, Handler<HttpServerRequest> routes) implements Handler<HttpServerRequest> {
    private static final int NOT_FOUND = 404;

    /** Without a collector, just the routes. */
    static Handler<HttpServerRequest> of(Tracing tracing, Handler<HttpServerRequest> routes) {
        return tracing.isOn() ? new TracedRoutes(tracing, routes) : routes;
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (request.method() == HttpMethod.POST && !isUnsampled(request)) {
            trace(request);
        }
        routes.handle(request);
    }

    /** As nearly every call of a router is, so nothing else is done for it. */
    private static boolean isUnsampled(HttpServerRequest request) {
        String place = request.getHeader(TraceParent.HEADER);
        return place != null && TraceParent.isUnsampled(place);
    }

    private void trace(HttpServerRequest request) {
        List<String> places = request.headers().getAll(TraceParent.HEADER);
        Span span = tracing.begin("call", places.size() == 1 ? TraceParent.parse(places.get(0)) : null);
        if (span != null) {
            span.set("foretell.request_id", RequestName.of(request));
            request.response().endHandler(over -> end(request, span));
        }
    }

    /** Also ends when the caller has left before the response did. */
    private static void end(HttpServerRequest request, Span span) {
        int status = request.response().getStatusCode();
        if (!request.response().ended()) {
            span.fail("cancelled").end();
            return;
        }
        span.set("http.response.status_code", status);
        String function = String.valueOf(request.path()).replaceFirst("^/", "");
        if (status != NOT_FOUND && Names.isValid(function)) {
            span.set("foretell.function", function);
        }
        String batch = request.getHeader(Headers.BATCH);
        if (batch != null && batch.matches("[0-9]{1,9}")) {
            span.set("foretell.batch_size", Long.parseLong(batch));
        }
        if (status >= 500) {
            span.fail(Integer.toString(status));
        }
        span.end();
    }
}
