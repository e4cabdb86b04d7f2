package dev.foretell.worker.registration;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Stands in for the router: tells what it was told, and answers as the test wants. */
public final class ScriptedRouter implements AutoCloseable {
    public record Asked(
            String method,
            String path,
            String body,
            @Nullable String authorization,
            @Nullable String epoch) {}

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private final HttpServer server;
    private volatile Consumer<HttpServerRequest> script;
    private volatile boolean knowsWorkers = true;

    public ScriptedRouter(int port) {
        this.script = request -> request.response().end("""
                {"Register Model Service": "Success"}""");
        this.server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(port, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void answer(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.GET)) {
            request.response()
                    .putHeader("X-Routing-Revision", "1")
                    .setStatusCode(knowsWorkers ? 200 : 404)
                    .end("{}");
            return;
        }
        request.body().onSuccess(body -> {
            script.accept(request);
            asked.add(new Asked(
                    request.method().name(),
                    request.path(),
                    body.toString(),
                    request.getHeader("authorization"),
                    request.getHeader("x-worker-epoch")));
        });
    }

    public void answers(int status, String body) {
        script = request -> request.response().setStatusCode(status).end(body);
    }

    /** As a router with a map of its own, to whom nobody registered this worker. */
    public void knowsNoWorker() {
        knowsWorkers = false;
    }

    public void answersNothing() {
        script = request -> {};
    }

    /** Whether nothing was asked since what was asked for last. */
    public boolean isIdle() {
        return asked.isEmpty();
    }

    public int port() {
        return server.actualPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** The next thing asked; waits for it. */
    public Asked next() throws InterruptedException {
        Asked next = asked.poll(60, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was asked of the router");
        }
        return next;
    }

    /** The next thing asked, without what a worker repeats on a machine that is slow. */
    public Asked nextButRenewals() throws InterruptedException {
        Asked next = next();
        while (next.method().equals("PUT")) {
            next = next();
        }
        return next;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
