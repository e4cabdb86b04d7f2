package dev.foretell.worker.training.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.foretell.commons.json.Json;
import dev.foretell.worker.training.job.TaskMain;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A router with one task and its table, for the trainer that a test runs. */
final class PlayedRouter implements AutoCloseable {
    private static final int MAX_BODY = 1 << 20;
    private static final int MAX_PROGRESS = 16 * 1024;
    private static final int MAX_RESULT = 256 * 1024;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final byte[] table;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final CompletableFuture<JsonNode> finished = new CompletableFuture<>();
    private final CompletableFuture<JsonNode> given = new CompletableFuture<>();
    private volatile byte[] model = new byte[0];
    private volatile int heartbeatStatus = 200;
    private volatile int finishStatus = 200;
    private volatile boolean hangsUpAtData;
    private volatile String unserved = "";
    private volatile Function<JsonNode, String> trials = report -> "";
    private final List<String> steps = new CopyOnWriteArrayList<>();
    private final List<String> refusals = new CopyOnWriteArrayList<>();

    PlayedRouter(byte[] table) throws IOException {
        this.table = table;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on the task is another trainer's, or was cancelled. */
    void cancel() {
        heartbeatStatus = 409;
    }

    /** What it answers to the end of a task unless a test changes that. */
    void finishWith(int status) {
        finishStatus = status;
    }

    /** Breaks off the table once, as a router does that is killed. */
    void hangUpAtData() {
        hangsUpAtData = true;
    }

    /** How it answers to what is said of trials; empty for a router that knows of none. */
    void answerToTrials(Function<JsonNode, String> answer) {
        trials = answer;
    }

    /** It cannot serve any model. */
    void servesNothing(String why) {
        unserved = why;
    }

    /** What it refused because it was too long. */
    List<String> refusals() {
        return refusals;
    }

    /** The steps that the trainer told. */
    List<String> steps() {
        return steps;
    }

    /** How the task ended. */
    CompletableFuture<JsonNode> finished() {
        return finished;
    }

    /** The task as its trainer gave it back. */
    CompletableFuture<JsonNode> given() {
        return given;
    }

    List<String> log() {
        return log;
    }

    byte[] model() {
        return model;
    }

    Claim claim(String parameters, long timeMs) {
        ObjectNode task =
                Json.MAPPER.createObjectNode().put("id", "t1").put("fence", 3).put("lease_ms", 1000);
        task.set("parameters", Json.readTree(parameters.getBytes(StandardCharsets.UTF_8)));
        if (task.at("/parameters/source").isTextual()) {
            task.put("kind", TaskMain.CODE).put("checkpoint", "\"half\\nway\"");
        }
        task.putObject("data").put("digest", digest(table)).put("bytes", table.length);
        task.putObject("limits").put("time_ms", timeMs).put("memory_mb", 64);
        return new Claim(task);
    }

    static String digest(byte[] table) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(table));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        if (path.endsWith("/heartbeat") && isTooLong(body, "progress", MAX_PROGRESS)) {
            refuse(exchange, "progress");
        } else if (path.endsWith("/heartbeat")) {
            steps.add(Json.readTree(body).at("/progress/step").asText());
            Json.readTree(body).path("log").forEach(line -> log.add(line.asText()));
            reply(exchange, heartbeatStatus, "{}".getBytes(StandardCharsets.UTF_8));
        } else if (path.endsWith("/trials")) {
            String answer = trials.apply(Json.readTree(body));
            reply(exchange, answer.isEmpty() ? 404 : 200, answer.getBytes(StandardCharsets.UTF_8));
        } else if (path.endsWith("/release")) {
            given.complete(Json.readTree(body));
            reply(exchange, 200, "{}".getBytes(StandardCharsets.UTF_8));
        } else if (path.endsWith("/finish") && isTooLong(body, "result", MAX_RESULT)) {
            refuse(exchange, "result");
        } else if (path.endsWith("/finish")) {
            finish(exchange, Json.readTree(body));
        } else if (exchange.getRequestMethod().equals("POST")) {
            model = body;
            reply(exchange, 201, "{\"digest\":\"m\"}".getBytes(StandardCharsets.UTF_8));
        } else if (hangsUpAtData) {
            hangsUpAtData = false;
            exchange.sendResponseHeaders(200, table.length);
            exchange.getResponseBody().write(table, 0, 100);
            exchange.getResponseBody().flush();
            exchange.close();
        } else {
            reply(exchange, 200, table);
        }
    }

    private static boolean isTooLong(byte[] body, String field, int most) {
        return body.length > MAX_BODY || Json.write(Json.readTree(body).path(field)).length > most;
    }

    private void refuse(HttpExchange exchange, String what) throws IOException {
        refusals.add(what);
        reply(exchange, 422, Json.write(Map.of("detail", what + " is too long")));
    }

    private void finish(HttpExchange exchange, JsonNode body) throws IOException {
        if (!unserved.isEmpty() && body.path("outcome").asText().equals("SUCCEEDED")) {
            reply(exchange, 503, Json.write(Map.of("detail", unserved)));
            return;
        }
        int status = finishStatus;
        if (status == 200) {
            body.path("log").forEach(line -> log.add(line.asText()));
            finished.complete(body);
        }
        finishStatus = 200;
        reply(exchange, status, "{\"state\":\"SUCCEEDED\"}".getBytes(StandardCharsets.UTF_8));
    }

    private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
