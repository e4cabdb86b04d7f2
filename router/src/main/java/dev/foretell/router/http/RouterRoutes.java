package dev.foretell.router.http;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.router.http.edge.Access;
import dev.foretell.router.http.edge.Guard;
import dev.foretell.router.http.edge.Readiness;
import dev.foretell.router.http.edge.RouteGroup;
import dev.foretell.router.http.edge.WriteLog;
import dev.foretell.router.http.message.QueryText;
import dev.foretell.router.http.message.UrlText;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The routes of one event loop, with the access that each needs, and the response for unknown URLs. */
final class RouterRoutes implements RouteGroup.Routes {
    static final String ACCESS = "access";

    private static final String OWN = "/v1/";
    private static final String PREDICT = "/v1/[^/]+_model/predict";
    private static final String PREDICT_BY_PATH = "/v1/[^/]+_model/[^/]+/predict";

    private final Router router;
    private final Dialects dialects;
    private final Guard guard;
    private final Readiness readiness;
    private final WriteLog writes;
    private final Map<String, Set<String>> methods = new LinkedHashMap<>();

    private RouterRoutes(Vertx vertx, Dialects dialects, Guard guard, Readiness readiness, WriteLog writes) {
        this.writes = writes;
        this.router = Router.router(vertx);
        this.dialects = dialects;
        this.guard = guard;
        this.readiness = readiness;
    }

    static Router create(
            Vertx vertx,
            Dialects dialects,
            Guard guard,
            Readiness readiness,
            WriteLog writes,
            List<RouteGroup> groups) {
        RouterRoutes routes = new RouterRoutes(vertx, dialects, guard, readiness, writes);
        groups.forEach(group -> group.addTo(routes));
        routes.predict();
        routes.errors();
        return routes.router;
    }

    /** Runs the handler only after the state is known; an earlier response would be wrong. */
    private Function<RoutingContext, Future<Object>> onceRestored(Function<RoutingContext, Future<Object>> handler) {
        return ctx -> {
            readiness.requireRestored();
            return handler.apply(ctx);
        };
    }

    /** Refuses other parameters. */
    private static Function<RoutingContext, Future<Object>> strict(
            String path, String[] parameters, Function<RoutingContext, Future<Object>> handler) {
        return path.startsWith(OWN)
                ? ctx -> {
                    QueryText.require(ctx.queryParams(), parameters);
                    return handler.apply(ctx);
                }
                : handler;
    }

    /** Runs before every handler, and before the router reveals its state. */
    private Function<RoutingContext, Future<Object>> guard(
            Access access, Function<RoutingContext, Future<Object>> handler) {
        return ctx -> {
            if (UrlText.hasOddStep(ctx.request().path())) {
                throw notFound();
            }
            guard.enter(access, ctx);
            return access == Access.CHANGE ? write(ctx, handler) : handler.apply(ctx);
        };
    }

    /** Records the change after it was made. */
    private Future<Object> write(RoutingContext ctx, Function<RoutingContext, Future<Object>> handler) {
        WriteLog.Write write = writes.begin(ctx.request());
        return handler.apply(ctx).onSuccess(done -> {
            if (ctx.response().getStatusCode() < 400) {
                write.end();
            }
        });
    }

    /** Predict calls bypass all routes; these routes answer other methods. */
    private void predict() {
        reserve(HttpMethod.POST, PREDICT);
        reserve(HttpMethod.POST, PREDICT_BY_PATH);
        reserve(HttpMethod.PUT, PREDICT_BY_PATH);
    }

    private void reserve(HttpMethod method, String path) {
        router.routeWithRegex(method, path)
                .setName(path)
                .putMetadata(ACCESS, Access.OPEN)
                .handler(RoutingContext::next);
        allow(path, method);
    }

    @Override
    public void failures(String prefix, RouteGroup.FailureHandler form) {
        dialects.add(prefix, form);
    }

    @Override
    public void always(String path, Function<RoutingContext, Future<Object>> handler) {
        add(Access.OPEN, HttpMethod.GET, path, handler);
    }

    @Override
    public void atOnce(
            Access access,
            HttpMethod method,
            String path,
            Function<RoutingContext, Future<Object>> handler,
            String... parameters) {
        add(access, method, path, strict(path, parameters, handler));
    }

    @Override
    public void open(HttpMethod method, String path, Function<RoutingContext, Future<Object>> handler) {
        add(Access.OPEN, method, path, onceRestored(handler));
    }

    @Override
    public void state(
            HttpMethod method, String path, Function<RoutingContext, Future<Object>> handler, String... parameters) {
        add(Access.STATE, method, path, onceRestored(strict(path, parameters, handler)));
    }

    @Override
    public void change(
            HttpMethod method, String path, Function<RoutingContext, Future<Object>> handler, String... parameters) {
        add(Access.CHANGE, method, path, onceRestored(strict(path, parameters, handler)));
    }

    private void add(Access access, HttpMethod method, String path, Function<RoutingContext, Future<Object>> handler) {
        Function<RoutingContext, Future<Object>> guarded = guard(access, handler);
        route(access, method, path, guarded);
        if (method == HttpMethod.GET) { // HEAD is GET without a body, which Vert.x omits (RFC 9110, 9.3.2)
            route(access, HttpMethod.HEAD, path, guarded);
        }
    }

    private void route(
            Access access, HttpMethod method, String path, Function<RoutingContext, Future<Object>> handler) {
        router.route(method, path).putMetadata(ACCESS, access).handler(ctx -> run(ctx, handler));
        allow(path, method);
    }

    private void allow(String path, HttpMethod method) {
        methods.computeIfAbsent(path.replaceAll(":[a-z]+", "[^/]+"), pattern -> new TreeSet<>())
                .add(method.name());
    }

    /** The value of the Allow header, which a 405 requires (RFC 9110, 15.5.6). */
    private String allowHeader(RoutingContext ctx) {
        return methods.entrySet().stream()
                .filter(entry -> ctx.normalizedPath().matches(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** Responds on the request's event loop, wherever the result comes from; the server accepts no other thread. */
    private static void run(RoutingContext ctx, Function<RoutingContext, Future<Object>> handler) {
        Context loop = ctx.vertx().getOrCreateContext();
        handler.apply(ctx)
                .onComplete(done -> loop.runOnContext(v -> {
                    if (done.succeeded()) {
                        answerOrFail(ctx, done.result());
                    } else {
                        ctx.fail(done.cause());
                    }
                }));
    }

    private static void answerOrFail(RoutingContext ctx, Object body) {
        try {
            answer(ctx, body);
        } catch (Throwable e) { // such as a result that cannot be written as JSON
            ctx.fail(e);
        }
    }

    private static void answer(RoutingContext ctx, Object body) {
        if (ctx.response().headWritten() || ctx.response().closed()) {
            return;
        }
        if (!ctx.response().headers().contains(HttpHeaders.CONTENT_TYPE)) {
            ctx.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        }
        ctx.response().end(body instanceof Buffer buffer ? buffer : Buffer.buffer(Json.writeSpaced(body)));
    }

    private static ServingException notFound() {
        return new ServingException(
                FailureKind.NOT_FOUND, "there is nothing at this URL; GET /openapi.yaml lists all URLs");
    }

    private void fail(RoutingContext ctx, Throwable failure) {
        dialects.answer(ctx.request(), failure);
    }

    private void errors() {
        router.errorHandler(404, ctx -> fail(ctx, notFound()));
        router.errorHandler(405, ctx -> {
            String allowed = allowHeader(ctx);
            if (allowed.isEmpty() || UrlText.hasOddStep(ctx.request().path())) {
                fail(ctx, notFound());
                return;
            }
            ctx.response().putHeader(HttpHeaders.ALLOW, allowed);
            fail(ctx, new ServingException(FailureKind.METHOD_NOT_ALLOWED, "this URL takes " + allowed));
        });
        router.errorHandler(
                400,
                ctx -> fail(
                        ctx, new ServingException(FailureKind.BAD_REQUEST, "the request's URL or head is malformed")));
        router.errorHandler(500, ctx -> fail(ctx, ctx.failure()));
    }
}
