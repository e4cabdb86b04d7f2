package dev.foretell.router.http;

import dev.foretell.edge.CallerConnection;
import dev.foretell.edge.ConnectionBounds;
import dev.foretell.edge.OpenConnections;
import dev.foretell.router.http.edge.Access;
import dev.foretell.router.http.edge.AccessLog;
import dev.foretell.router.http.edge.ConnectionDrain;
import dev.foretell.router.http.edge.DirectCall;
import dev.foretell.router.http.edge.HttpConfig;
import dev.foretell.router.http.edge.ProblemHandler;
import dev.foretell.router.http.edge.Readiness;
import dev.foretell.router.http.edge.RouteGroup;
import dev.foretell.router.http.message.UrlText;
import dev.foretell.router.http.predict.PathPredictApi;
import dev.foretell.router.http.predict.PredictApi;
import dev.foretell.router.http.predict.PredictExchange;
import dev.foretell.router.predict.PredictService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop's share of the router's listening socket. Predict calls and similar ones go directly to their handler;
 * other requests use the routes.
 */
public final class RouterServer {
    private static final Logger LOG = LoggerFactory.getLogger(RouterServer.class);

    private final RouterApi api;
    private final HttpConfig config;
    private final Readiness readiness;
    private final OpenConnections connections;
    private final ProblemHandler problems = new ProblemHandler();
    private final Dialects dialects = new Dialects(problems);
    private final AccessLog log;
    private final ConnectionDrain drain;
    private final PredictApi predict;
    private final PathPredictApi pathPredict;
    private final List<DirectCall> direct;
    private final Router routes;
    private final HttpServerOptions options;
    private final HttpServer server;

    /** @param connections the open connections of all event loops */
    public RouterServer(Vertx vertx, RouterApi api, PredictService answers, OpenConnections connections) {
        this.api = api;
        this.config = api.config();
        this.readiness = api.readiness();
        this.log = new AccessLog(() -> api.config().accessLog());
        this.drain = new ConnectionDrain(readiness);
        this.connections = connections;
        PredictExchange exchange = new PredictExchange(answers, log, problems, drain, api.guard(), api.revision());
        this.predict = new PredictApi(exchange, answers, config);
        this.pathPredict = new PathPredictApi(exchange, answers, config);
        List<RouteGroup> groups = api.groups(vertx, answers, log);
        this.direct = groups.stream().flatMap(group -> group.direct().stream()).toList();
        this.routes = api.routes(vertx, dialects, groups);
        this.options = options(config);
        this.server = vertx.createHttpServer(options);
    }

    private static HttpServerOptions options(HttpConfig config) {
        return new HttpServerOptions()
                .setMaxInitialLineLength(ConnectionBounds.MAX_REQUEST_LINE_BYTES)
                .setMaxHeaderSize(config.connections().maxHeaderBytes())
                .setMaxFormAttributeSize(-1) // FormFields bounds all fields of a form together
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setStrictThreadMode(true)
                .setHttp2ClearTextEnabled(false)
                .setAcceptBacklog(4096);
    }

    /**
     * The served URLs, such as {@code GET /livez} (which includes HEAD), with a star for variable parts, and the access
     * that each needs.
     */
    public Map<String, Access> urls() {
        Map<String, Access> served = new TreeMap<>();
        routes.getRoutes().forEach(route -> {
            String path = route.getPath() == null
                    ? route.getName().replace("[^/]+", "*")
                    : route.getPath().replaceAll(":[a-z]+", "*");
            Access access = route.getMetadata(RouterRoutes.ACCESS);
            route.methods().stream()
                    .filter(method -> method != HttpMethod.HEAD)
                    .forEach(method -> served.put(method.name() + " " + path, access));
        });
        return served;
    }

    /** Listens; returns the port. */
    public Future<Integer> listen(int port) {
        return server.connectionHandler(this::onConnect)
                .requestHandler(this::onRequest)
                .invalidRequestHandler(this::unreadable)
                .listen(port, config.listener().host())
                .map(HttpServer::actualPort);
    }

    /** Finishes the calls in flight within the timeout, then stops listening. */
    public Future<Void> shutdown(Duration timeout) {
        return server.shutdown(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Called when the connection has been accepted, before anything is read from it, because the server speaks only
     * HTTP/1.
     */
    private void onConnect(HttpConnection connection) {
        connection.exceptionHandler(broken -> LOG.debug("A caller's connection broke", broken));
        connection.closeHandler(v -> connections.close());
        if (!connections.open()) {
            connection.close();
        } else {
            CallerConnection.bound(connection, options, config.bounds(), connections.memory());
        }
    }

    /** Whatever a handler throws, an {@link Error} too, ends its request at once. */
    private void onRequest(HttpServerRequest request) {
        log.follow(request);
        try {
            dispatch(request);
        } catch (Throwable e) {
            dialects.answer(request, e);
        }
    }

    private void dispatch(HttpServerRequest request) {
        if (!readiness.takesCalls() && isTurnedAway(request)) {
            return;
        }
        if (PredictApi.takes(request)) {
            predict.predict(request);
        } else if (PathPredictApi.takes(request)) {
            pathPredict.predict(request);
        } else {
            request.response().headersEndHandler(v -> drain.sayClose(request));
            others(request);
        }
    }

    private void unreadable(HttpServerRequest request) {
        log.follow(request);
        problems.answerUnreadable(request);
    }

    private void others(HttpServerRequest request) {
        UrlText.require(request.uri());
        for (DirectCall call : direct) {
            if (call.takes(request)) {
                call.answer(request);
                return;
            }
        }
        routes.handle(request);
    }

    private boolean isTurnedAway(HttpServerRequest request) {
        if (readiness.isClosing()) {
            drain.sayClose(request);
            dialects.answer(request, ConnectionDrain.tooLate());
            return true;
        }
        boolean predicts = PredictApi.takes(request) || PathPredictApi.takes(request);
        if (predicts) {
            problems.answer(request, Readiness.restorationPending());
        }
        return predicts;
    }
}
