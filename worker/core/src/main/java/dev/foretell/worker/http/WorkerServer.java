package dev.foretell.worker.http;

import dev.foretell.edge.CallerConnection;
import dev.foretell.edge.ConnectionBounds;
import dev.foretell.edge.EdgeMemory;
import dev.foretell.tracing.Tracing;
import dev.foretell.worker.execution.FunctionExecutor;
import dev.foretell.worker.function.FunctionSource;
import dev.foretell.worker.function.ServedFunction;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listening worker: one HTTP/1.1 server per event loop, all on one port. Thread-safe. */
public final class WorkerServer {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerServer.class);

    private final Vertx vertx;
    private final HttpConfig config;
    private final FormReader forms;
    private final String epoch = UUID.randomUUID().toString();
    private final WorkerRoutes routes;
    private final Tracing tracing;
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
    private final EdgeMemory memory = EdgeMemory.ofThisProcess();
    private final FaultLog faults = new FaultLog();
    private volatile boolean draining;

    private WorkerServer(
            Vertx vertx, HttpConfig given, Functions functions, FunctionExecutor executor, Tracing tracing) {
        this.tracing = tracing;
        this.vertx = vertx;
        this.config = given.clamp(memory);
        this.forms = new FormReader(vertx, config);
        ReplyWriter writer = new ReplyWriter(vertx, faults, () -> draining);
        this.routes = new WorkerRoutes(config, functions, executor, forms, writer, epoch);
    }

    /** What is served: by name in the index, and what is found as calls come for it. */
    public record Functions(List<ServedFunction> listed, FunctionSource unlisted) {}

    /**
     * Completes when the worker takes calls; fails if the address is in use.
     *
     * @param tracing closed with the server
     */
    public static Future<WorkerServer> start(
            Vertx vertx, HttpConfig config, Functions functions, FunctionExecutor executor, Tracing tracing) {
        WorkerServer server = new WorkerServer(vertx, config, functions, executor, tracing);
        int loops = Runtime.getRuntime().availableProcessors();
        return vertx.deployVerticle(() -> server.new Loop(), new DeploymentOptions().setInstances(loops))
                .recover(failure -> Future.failedFuture(server.explain(failure)))
                .onSuccess(deployed -> vertx.setPeriodic(FaultLog.EVERY_MS, timer -> server.faults.report()))
                .map(deployed -> server);
    }

    private Throwable explain(Throwable failure) {
        return failure instanceof IOException
                ? new IOException("cannot listen on " + config + ": " + failure.getMessage(), failure)
                : failure;
    }

    /** Distinguishes this process from others that may listen here later. */
    public String epoch() {
        return epoch;
    }

    public int port() {
        return servers.get(0).actualPort();
    }

    /** From now on every response ends its connection, so that clients go elsewhere. */
    public void announceEnd() {
        draining = true;
    }

    /** Takes no more calls, waits for those in flight, and closes. */
    public Future<Void> close(Duration longest) {
        draining = true;
        return Future.join(servers.stream()
                        .map(server -> server.shutdown(longest.toMillis(), TimeUnit.MILLISECONDS))
                        .toList())
                .<Void>mapEmpty()
                .eventually(() -> vertx.executeBlocking(() -> {
                    forms.close();
                    faults.report();
                    tracing.close();
                    return null;
                }));
    }

    /** A client may leave at any time; that is not an error. */
    private void onConnect(HttpConnection connection, HttpServerOptions options) {
        connection.exceptionHandler(broken -> LOG.debug("a client's connection broke", broken));
        CallerConnection.bound(connection, options, config.bounds(), memory);
    }

    /** The server of one event loop. */
    private final class Loop extends AbstractVerticle {
        @Override
        public void start(Promise<Void> started) {
            HttpServerOptions options = new HttpServerOptions()
                    .setHost(config.listener().host())
                    .setPort(
                            config.listener().port() == 0
                                    ? -1
                                    : config.listener().port())
                    .setTcpNoDelay(true)
                    .setStrictThreadMode(true)
                    .setMaxInitialLineLength(ConnectionBounds.MAX_REQUEST_LINE_BYTES)
                    .setPerFrameWebSocketCompressionSupported(false)
                    .setPerMessageWebSocketCompressionSupported(false)
                    .setHttp2ClearTextEnabled(false)
                    .setMaxFormAttributeSize(config.bodies().maxBodyBytes());
            HttpServer server = vertx.createHttpServer(options)
                    .connectionHandler(connection -> onConnect(connection, options))
                    .invalidRequestHandler(routes::refuseUnreadable)
                    .requestHandler(TracedRoutes.of(tracing, routes));
            servers.add(server);
            server.listen().<Void>mapEmpty().onComplete(started);
        }
    }
}
