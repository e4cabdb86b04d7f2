package dev.foretell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.cli.child.Outcome;
import dev.foretell.commons.config.ConfigLoader;
import dev.foretell.router.RouterConfig;
import dev.foretell.router.RouterMain;
import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.Worker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A body of bytes through a real router to a real worker. */
class RawBodyTest {
    private static final Duration MAX = Duration.ofSeconds(60);
    /** Over what the router gathers before it calls a worker. */
    private static final int LONG = 3_000_000;

    @TempDir
    private Path folder = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();

    static int size(byte[] bytes) {
        return bytes.length;
    }

    @Test
    void reachesTheFunctionAsItIs() throws Exception {
        RouterConfig config = ConfigLoader.load(
                RouterConfig.defaults(),
                "",
                Map.of(),
                Map.of("http.port", "0", "redis.data", folder.resolve("data").toString()));
        RouterMain main = Outcome.of(RouterMain.start(config), MAX);
        try (AutoCloseable router = () -> Outcome.of(main.close(), MAX);
                RunningWorker worker = Worker.of("size", RawBodyTest::size).start()) {
            String url = "http://127.0.0.1:" + main.port() + "/v1/";
            Awaitility.await().atMost(MAX).until(() -> register(url, worker) == 200);
            String model = url + "AI_model/size/predict";
            Awaitility.await()
                    .atMost(MAX)
                    .until(() -> send("POST", model, new byte[] {(byte) 0xFF}).statusCode() == 200);

            assertThat(send("POST", model, new byte[] {(byte) 0xFF, 0, '{'}).body())
                    .isEqualTo("3");
            assertThat(send("PUT", model, new byte[LONG]).body()).isEqualTo(LONG + "");
        }
    }

    private int register(String url, RunningWorker worker) throws IOException, InterruptedException {
        String map = """
                {"AI":{"size":[{"host":"127.0.0.1","port":%s}]}}""".formatted(worker.port());
        return send("PUT", url + "model_workers_map", map.getBytes(StandardCharsets.UTF_8))
                .statusCode();
    }

    private HttpResponse<String> send(String method, String url, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/octet-stream")
                .method(method, BodyPublishers.ofByteArray(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
