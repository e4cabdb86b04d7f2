package dev.foretell.worker.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trainer at a router that answers claims with rubbish, and then with a task: the task is done. */
class LyingRouterTest {
    private static final byte[] TABLE = "x,y\n1,2\n".getBytes(StandardCharsets.UTF_8);

    private final Queue<String> lies = new ConcurrentLinkedQueue<>(List.of(
            "",
            "[]",
            "7",
            "{\"id\":\"t\"",
            "<html>",
            "{}",
            lie("id", "../../x\\n"),
            lie("lease_ms", "0"),
            lie("lease_ms", "9223372036854775807"),
            lie("fence", "first")));

    private final CompletableFuture<JsonNode> finished = new CompletableFuture<>();

    private static String task() {
        return """
                {"id":"t1","fence":3,"lease_ms":1000,"parameters":{},"data":{"digest":"%s","bytes":8},\
                "limits":{"time_ms":60000,"memory_mb":64}}""".formatted(PlayedRouter.digest(TABLE));
    }

    private static String lie(String field, String value) {
        ObjectNode task = Json.readTree(task().getBytes(StandardCharsets.UTF_8)).deepCopy();
        return Json.writeText(value.matches("\\d+") ? task.put(field, Long.parseLong(value)) : task.put(field, value));
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        String lie = path.endsWith("/claim") ? lies.poll() : "{}";
        if (path.endsWith("/finish")) {
            finished.complete(Json.readTree(body));
        }
        if (path.startsWith("/v1/task-files/")) {
            reply(exchange, 200, TABLE);
        } else if (lie == null && finished.isDone()) {
            reply(exchange, 204, new byte[0]);
        } else {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:9/");
            reply(
                    exchange,
                    "<html>".equals(lie) ? 302 : 200,
                    (lie == null ? task() : lie).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void rubbishInPlaceOfATaskIsPassedOver(@TempDir Path folder) throws Exception {
        Path script = Files.writeString(folder.resolve("script"), "#!/bin/sh\nexit 7\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        TrainerConfig config =
                new TrainerConfig(List.of(url), "", "trainer-1", 1, folder.resolve("work"), List.of(script.toString()));
        try (Trainer trainer = Trainer.start(config)) {
            JsonNode end = finished.get(2, TimeUnit.MINUTES);

            assertThat(end.path("error").asText()).startsWith("its process ended with exit code 7");
            assertThat(lies).isEmpty();
        } finally {
            server.stop(0);
            threads.shutdownNow();
        }
    }
}
