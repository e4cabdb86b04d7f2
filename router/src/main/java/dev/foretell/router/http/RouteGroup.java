package dev.foretell.router.http;

import dev.foretell.router.predict.Answers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Function;

/** URLs that belong together, such as those of one dialect. */
public interface RouteGroup {
    void addTo(Routes routes);

    /** The dialect's own form of errors; empty where it has none. */
    default Optional<ErrorForm> errors() {
        return Optional.empty();
    }

    /** Makes a group for one event loop. */
    interface Factory {
        RouteGroup on(Vertx vertx, Answers answers);
    }

    /**
     * Where a group names its URLs. What a handler returns is written as JSON, or as it is where it is a
     * {@link io.vertx.core.buffer.Buffer}, unless the handler has ended the response itself; status and headers are those that
     * it set before.
     */
    interface Routes {
        /** A GET for anybody. */
        void read(String path, Function<RoutingContext, Future<Object>> handler);

        /** A call for anybody. */
        void call(HttpMethod method, String path, Function<RoutingContext, Future<Object>> handler);

        /** A call for those who may change things. */
        void write(HttpMethod method, String path, Function<RoutingContext, Future<Object>> handler);
    }
}
