package dev.foretell.router.http.edge;

import dev.foretell.router.predict.PredictService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Function;

/** URLs that belong together, such as those of one dialect. */
public interface RouteGroup {
    void addTo(Routes routes);

    /** Those of its calls that go ahead of the routes; what they take, a route must take too, if only for its name. */
    default List<DirectCall> direct() {
        return List.of();
    }

    /** How a dialect tells of failures. */
    interface FailureForm {
        /** Answers, unless the caller is gone or has been answered. */
        void answer(HttpServerRequest request, Throwable failure);
    }

    /** Makes a group for one event loop. */
    interface Factory {
        RouteGroup on(Vertx vertx, PredictService answers, AccessLog log);
    }

    /**
     * Where a group names its URLs. What a handler returns is written as JSON, or as it is where it is a
     * {@link io.vertx.core.buffer.Buffer}, unless the handler has ended the response itself; status and headers are those that
     * it set before.
     */
    interface Routes {
        /** Failures at URLs that begin so are told in the dialect's own form. */
        void failures(String prefix, FailureForm form);

        /** A GET for everybody, answered whether or not the router has restored its state; all else waits for that. */
        void always(String path, Function<RoutingContext, Future<Object>> handler);

        /** A call that is answered whether or not the router has restored its state. */
        void atOnce(Access access, HttpMethod method, String path, Function<RoutingContext, Future<Object>> handler);

        /** A call for everybody: {@link Access#OPEN}. */
        void open(HttpMethod method, String path, Function<RoutingContext, Future<Object>> handler);

        /** A call for those who may see what there is: {@link Access#STATE}. */
        void state(HttpMethod method, String path, Function<RoutingContext, Future<Object>> handler);

        /** A call for those who may change it: {@link Access#CHANGE}. */
        void change(HttpMethod method, String path, Function<RoutingContext, Future<Object>> handler);
    }
}
