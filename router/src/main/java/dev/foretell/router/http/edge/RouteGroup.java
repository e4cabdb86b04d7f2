package dev.foretell.router.http.edge;

import dev.foretell.router.predict.PredictService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Function;

/** A group of URLs, such as those of a dialect. */
public interface RouteGroup {
    void addTo(Routes routes);

    /** The calls that bypass the routes. A route must exist for the same URLs too, at least for their names. */
    default List<DirectCall> direct() {
        return List.of();
    }

    /** The error format of a dialect. */
    interface FailureHandler {
        /** Answers the request, unless the caller has left or already has a response. */
        void answer(HttpServerRequest request, Throwable failure);
    }

    /** Creates a group for one event loop. */
    interface Factory {
        RouteGroup on(Vertx vertx, PredictService answers, AccessLog log);
    }

    /**
     * Where a group registers its URLs. The result of a handler is written as JSON, or unchanged if it is a {@link
     * io.vertx.core.buffer.Buffer}, unless the handler has ended the response itself. The handler sets status and
     * headers before.
     *
     * <p>A query parameter of a URL below {@code /v1/} that is not among the named ones is refused, so that a misspelt one does not go
     * unnoticed. Dialects take what their callers send.
     */
    interface Routes {
        /** Failures at URLs with this prefix use the dialect's error format. */
        void failures(String prefix, FailureHandler form);

        /**
         * A GET with open access that works even before the router has restored its state; all other calls wait for
         * that.
         */
        void always(String path, Function<RoutingContext, Future<Object>> handler);

        /** A call that works even before the router has restored its state. */
        void atOnce(
                Access access,
                HttpMethod method,
                String path,
                Function<RoutingContext, Future<Object>> handler,
                String... parameters);

        /** A call with open access: {@link Access#OPEN}. */
        void open(HttpMethod method, String path, Function<RoutingContext, Future<Object>> handler);

        /** A call that reads state: {@link Access#STATE}. */
        void state(
                HttpMethod method, String path, Function<RoutingContext, Future<Object>> handler, String... parameters);

        /** A call that changes state: {@link Access#CHANGE}. */
        void change(
                HttpMethod method, String path, Function<RoutingContext, Future<Object>> handler, String... parameters);
    }
}
