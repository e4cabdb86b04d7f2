package dev.foretell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.cli.child.Outcome;
import dev.foretell.commons.config.ConfigLoader;
import dev.foretell.router.RouterConfig;
import dev.foretell.router.RouterMain;
import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.Worker;
import dev.foretell.worker.function.InvalidInputException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a function throws, and what it returns, through a real router from two real workers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WhoseFaultTest {
    private static final Duration MAX = Duration.ofSeconds(60);

    @TempDir
    private static Path folder = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();
    private String url = "";
    private AutoCloseable router = () -> {};
    private RunningWorker one = worker("").start();
    private RunningWorker two = worker("").start();

    static double ratio(double a, double b) {
        if (a > 100) {
            throw new InvalidInputException("a must be at most 100");
        }
        if (a < 0) {
            throw new ArithmeticException("a is negative");
        }
        return a / b;
    }

    private static Worker worker(String token) {
        Worker open = Worker.of("ratio", WhoseFaultTest::ratio);
        return token.isEmpty() ? open : open.token(token);
    }

    @BeforeAll
    void start() throws Exception {
        RouterConfig config = ConfigLoader.load(
                RouterConfig.defaults(),
                "",
                Map.of(),
                Map.of("http.port", "0", "redis.data", folder.resolve("data").toString()));
        RouterMain main = Outcome.of(RouterMain.start(config), MAX);
        router = () -> Outcome.of(main.close(), MAX);
        url = "http://127.0.0.1:" + main.port();
        Awaitility.await().atMost(MAX).until(() -> send("GET", "/readyz", "").statusCode() == 200);
        String map = """
                {"AI":{"ratio":[%s,%s]}}""".formatted(entry(one), entry(two));
        assertThat(send("PUT", "/v1/model_workers_map", map).statusCode()).isEqualTo(200);
        awaitReady();
    }

    @AfterAll
    void stop() throws Exception {
        router.close();
        one.close();
        two.close();
    }

    private static String entry(RunningWorker worker) {
        return """
                {"host":"127.0.0.1","port":%s}""".formatted(worker.port());
    }

    private void awaitReady() {
        Awaitility.await().atMost(MAX).until(() -> workers().split("READY", -1).length == 3);
    }

    private String workers() throws IOException, InterruptedException {
        return send("GET", "/v1/model_workers_map?model-type=AI", "").body();
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .method(method, BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> predict(String arguments) throws IOException, InterruptedException {
        return send("POST", "/v1/AI_model/ratio/predict", arguments);
    }

    @Test
    void whatItThrowsReachesTheCallerAndEjectsNobody() throws Exception {
        for (int i = 0; i < 60; i++) {
            HttpResponse<String> answer = predict("""
                    {"a":-1,"b":1}""");

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("FUNCTION_FAILED", "ArithmeticException: a is negative", "\"tries\":2");
        }
        assertThat(workers()).doesNotContain("EJECTED").contains("\"failures\": 0");
    }

    @Test
    void itsOwnRefusalIsTheCallersMistake() throws Exception {
        HttpResponse<String> answer = predict("""
                {"a":101,"b":1}""");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("a must be at most 100", "\"tries\":1");
    }

    @Test
    void infinityIsAResultInBothProtocols() throws Exception {
        HttpResponse<String> tensors = send("POST", "/v2/models/ratio/infer", """
                {"inputs":[{"name":"a","shape":[1],"datatype":"FP64","data":[1]},\
                {"name":"b","shape":[1],"datatype":"FP64","data":[0]}]}""");

        assertThat(predict("""
                {"a":1,"b":0}""").body()).isEqualTo("\"Infinity\"");
        assertThat(predict("""
                {"a":0,"b":0}""").body()).isEqualTo("\"NaN\"");
        assertThat(tensors.statusCode()).isEqualTo(200);
        assertThat(tensors.body()).contains("\"data\":[\"Infinity\"]");
        assertThat(predict("""
                {"a":1e400,"b":1}""").statusCode()).isEqualTo(422);
    }

    @Test
    void aTokenThatOneWorkerHasChangedIsNotTheCallersMatter() throws Exception {
        int port = two.port();
        two.close();
        two = worker("changed").bind("127.0.0.1", port).start();
        try {
            for (int i = 0; i < 60; i++) {
                assertThat(predict("""
                        {"a":1,"b":2}""").body()).isEqualTo("0.5");
            }
        } finally {
            two.close();
            two = worker("").bind("127.0.0.1", port).start();
            awaitReady();
        }
    }
}
