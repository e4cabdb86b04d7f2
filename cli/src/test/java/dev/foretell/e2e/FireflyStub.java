package dev.foretell.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A foreign worker, which answers as {@code firefly predict.predict} does, and nothing more. */
final class FireflyStub implements AutoCloseable {
    private static final String INDEX = """
            {"app": "firefly", "version": "0.1.15", "functions": {"predict": \
            {"path": "/predict", "doc": "", "parameters": [{"name": "n", "kind": "POSITIONAL_OR_KEYWORD"}]}}}""";

    private final HttpServer server;
    private final AtomicInteger calls = new AtomicInteger();

    FireflyStub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Predict calls answered. */
    int calls() {
        return calls.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/")) {
            reply(exchange, 200, INDEX);
        } else if (path.equals("/predict")) {
            predict(exchange);
        } else {
            reply(exchange, 404, """
                    {"error": "Not found: %s"}""".formatted(path));
        }
    }

    private void predict(HttpExchange exchange) throws IOException {
        calls.incrementAndGet();
        try {
            JsonNode arguments = Json.readTree(exchange.getRequestBody().readAllBytes());
            if (arguments.has("n")) {
                reply(exchange, 200, Long.toString(fib(arguments.path("n").asInt())));
            } else {
                reply(exchange, 422, """
                        {"error": "missing a required argument: 'n'"}""");
            }
        } catch (ServingException notJson) {
            reply(exchange, 400, """
                    {"error": "not JSON"}""");
        }
    }

    private static long fib(int n) {
        return n < 2 ? 1 : fib(n - 1) + fib(n - 2);
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
