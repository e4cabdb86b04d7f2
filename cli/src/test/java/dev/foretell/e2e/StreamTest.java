package dev.foretell.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.foretell.commons.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams and long bodies through a real router and a real worker, each a process with a small heap. */
class StreamTest {
    private static final int SIXTY_FOUR_THOUSAND = 64 * 1024;
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    static Path folder;

    private static Child router;
    private static Child worker;

    @BeforeAll
    static void start() {
        router = Child.foretell("router", "--port", "0", "--data", folder.toString());
        worker = Child.foretell(
                "worker",
                "dev.foretell.e2e.Streams::gated",
                "dev.foretell.e2e.Streams::kilobytes",
                "dev.foretell.e2e.Streams::breaking",
                "dev.foretell.e2e.Streams::sum",
                "-b",
                "127.0.0.1:0",
                "--router",
                router.url());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> predict("sum", """
                        {"values":[1,2]}""").body().equals("3.0"));
    }

    @AfterAll
    static void stop() {
        worker.close();
        router.close();
    }

    private static HttpRequest request(String model, BodyPublisher body) {
        return HttpRequest.newBuilder(URI.create(router.url() + "/v1/AI_model/" + model + "/predict"))
                .timeout(Duration.ofSeconds(60))
                .POST(body)
                .build();
    }

    private static Http.Reply predict(String model, String body) {
        return Http.post(router.url() + "/v1/AI_model/" + model + "/predict", body);
    }

    private static InputStream open(String model, String body) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer =
                CLIENT.send(request(model, BodyPublishers.ofString(body)), BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void itemsArriveOneByOne() throws Exception {
        Path gate = folder.resolve("gate");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                open("gated", """
                        {"file":%s}""".formatted(Json.writeText(gate.toString()))), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("1");
            Files.createFile(gate);
            assertThat(lines.readLine()).isEqualTo("2");
            assertThat(lines.readLine()).isNull();
        }
    }

    @Test
    void aLongStreamNeedsNoRoomOnItsWay() throws Exception {
        try (InputStream items = open("kilobytes", """
                {"n":%s}""".formatted(4 * SIXTY_FOUR_THOUSAND))) {
            long bytes = 0;
            byte[] buffer = new byte[SIXTY_FOUR_THOUSAND];
            for (int read = items.read(buffer); read >= 0; read = items.read(buffer)) {
                bytes += read;
            }
            assertThat(bytes).isEqualTo(4L * SIXTY_FOUR_THOUSAND * 1024);
        }
    }

    @Test
    void aStreamThatBreaksOffHasNoEnd() {
        assertThat(predict("breaking", "{}").status()).isZero();
    }

    @Test
    void aLongBodyArrives() throws Exception {
        byte[] series = """
                {"values":[%s1]}""".formatted("1,".repeat(1024 * 1024)).getBytes(StandardCharsets.UTF_8);

        for (BodyPublisher body : new BodyPublisher[] {
            BodyPublishers.ofByteArray(series), BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(series))
        }) {
            assertThat(CLIENT.send(request("sum", body), BodyHandlers.ofString())
                            .body())
                    .isEqualTo("1048577.0");
        }
    }

    @Test
    void aLongBodyNeedsNoRoomOnItsWay() throws Exception {
        HttpServer counting = countingWorker();
        Http.put(router.url() + "/v1/model_workers_map", """
                {"RAW":{"count":[{"host":"127.0.0.1","port":%s}]}}""".formatted(
                        counting.getAddress().getPort()));
        byte[] megabyte = new byte[1024 * 1024];
        HttpRequest request = HttpRequest.newBuilder(URI.create(router.url() + "/v1/RAW_model/count/predict"))
                .timeout(Duration.ofSeconds(60))
                .header("X-Request-Timeout-Ms", "60000")
                .POST(BodyPublishers.ofByteArrays(Collections.nCopies(256, megabyte)))
                .build();

        HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());

        counting.stop(0);
        assertThat(answer.body()).isEqualTo(Integer.toString(256 * 1024 * 1024));
    }

    /** Answers how long a body was. */
    private static HttpServer countingWorker() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            long length = exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            byte[] answer = exchange.getRequestMethod().equals("GET")
                    ? """
                            {"functions":{"count":{"path":"/count"}}}""".getBytes(StandardCharsets.UTF_8)
                    : Long.toString(length).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void theWorkersOwnBoundIsToldToTheCaller() throws Exception {
        HttpResponse<String> answer = CLIENT.send(
                request("sum", BodyPublishers.ofByteArray(new byte[11 * 1024 * 1024])), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("the body is larger than 10485760 bytes");
    }
}
