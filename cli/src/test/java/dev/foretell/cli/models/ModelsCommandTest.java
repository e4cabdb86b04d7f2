package dev.foretell.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.foretell.cli.Ran;
import dev.foretell.cli.child.Outcome;
import dev.foretell.commons.config.ConfigLoader;
import dev.foretell.router.RouterConfig;
import dev.foretell.router.RouterMain;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code foretell models} against a real router, and a host that finds every file good but long ones. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelsCommandTest {
    private static final Duration MAX_LENGTH = Duration.ofSeconds(60);
    private static final int MAX = 1_000_000;
    private static final String INDEX = """
            {"app":"host","version":"1","functions":{\
            "identity":{"path":"/identity"},"inspect":{"path":"/inspect"}},"hosts":{"max":64}}""";
    private static final String FOUND = """
            {"runtime":"onnx","inputs":[{"name":"X","datatype":"FP32","shape":[-1,4]}],\
            "outputs":[{"name":"label","datatype":"INT64","shape":[-1]}],"metadata":{},"sample":{"X":[[0,0,0,0]]}}""";

    @TempDir
    private static Path folder = Path.of("");

    private final HttpServer host = host();
    private String url = "";
    private AutoCloseable router = () -> {};

    private static HttpServer host() {
        try {
            HttpServer server =
                    HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
            server.createContext("/", exchange -> answer(exchange, INDEX));
            server.createContext("/inspect", exchange -> answer(exchange, FOUND));
            server.createContext("/sha256-", exchange -> answer(exchange, """
                    {"values":[1]}"""));
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @BeforeAll
    void start() throws Exception {
        RouterConfig config = ConfigLoader.load(
                RouterConfig.defaults(),
                "",
                Map.of(),
                Map.of(
                        "http.port",
                        "0",
                        "redis.data",
                        folder.resolve("data").toString(),
                        "models.max-bytes",
                        Integer.toString(MAX),
                        "health.interval",
                        "100ms"));
        RouterMain main = Outcome.of(RouterMain.start(config), MAX_LENGTH);
        router = () -> Outcome.of(main.close(), MAX_LENGTH);
        url = "http://127.0.0.1:" + main.port();
        Path map = Files.writeString(
                folder.resolve("map.json"), """
                        {"hosts":{"onnx":[{"host":"127.0.0.1","port":%s,"function":"identity"}]}}""".formatted(host.getAddress().getPort()));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> Ran.foretell("routes", "--router", url, "put", map.toString())
                                .exitCode()
                        == 0);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> Ran.foretell("routes", "--router", url).out().contains("READY"));
    }

    @AfterAll
    void stop() throws Exception {
        router.close();
        host.stop(0);
    }

    private Ran models(String... arguments) {
        return Ran.foretell(Stream.concat(Stream.of("models", "--router", url), Arrays.stream(arguments))
                .toArray(String[]::new));
    }

    private static String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    @Test
    void aModelIsPushedPromotedSplitNamedFetchedAndRemoved() throws IOException {
        Ran first = models("push", file("iris.onnx", "one"), "--description", "Flowers", "--label", "team=plants");
        String picture = file("sample.json", """
                {"X":[%s0.5]}""".formatted("0.5,".repeat(100_000)));
        Ran second = models(
                "push", file("better.onnx", "two"), "--name", "iris", "--source", "a test", "--sample", "@" + picture);

        assertThat(first.err()).isEmpty();
        assertThat(first.out()).contains("iris:1 is registered and gets 100 %", "X FP32[-1,4]", "label INT64[-1]");
        assertThat(second.out()).contains("iris:2 is registered and gets 0 %", "foretell models promote iris 2");
        assertThat(models("list").out())
                .containsPattern("NAME +TYPE +VERSIONS +TRAFFIC +ALIASES +DESCRIPTION")
                .containsPattern("iris +AI +2 +1=100 % +Flowers");
        assertThat(models("show", "iris").out())
                .contains("AI/iris  Flowers", "labels: team=plants")
                .containsPattern("1 +100 % +3 B +7692c3ad3540 +X FP32");

        assertThat(models("promote", "iris", "2", "--expect", "1").out()).contains("iris:2 gets all calls");
        assertThat(models("promote", "iris", "2", "--expect", "1").err()).contains("HTTP 409");
        assertThat(models("split", "iris", "1=5", "2=95", "--canary", "1").out())
                .contains("1=5 %, 2=95 %");
        assertThat(models("split", "iris", "1=5", "2=5").err()).contains("HTTP 422");
        assertThat(models("alias", "iris", "prod", "2").out()).contains("iris:prod is version 2");
        assertThat(models("show", "iris").out()).contains("aliases: prod=2", "canary: version=1");
        assertThat(models("rm", "iris:2").err()).contains("HTTP 409", "is named 'prod'");
        assertThat(models("alias", "iris", "prod", "--rm").out()).contains("is removed");

        Path to = folder.resolve("back.onnx");
        assertThat(models("download", "iris:2", "-o", to.toString()).out()).contains("3 B", "SHA-256 ");
        assertThat(models("download", "iris:2", "-o", folder.toString()).exitCode())
                .isZero();
        assertThat(folder.resolve("iris-2.onnx")).exists();
        assertThat(to).hasContent("two");
        assertThat(models("--json", "list").out()).contains("\"models\"");
        assertThat(models("rm", "iris").err()).contains("--force");
        assertThat(models("rm", "iris", "--force").exitCode()).isZero();
        assertThat(models("list").out()).contains("No model is registered", "foretell models push");
    }

    @Test
    void whatTheRouterRefusesIsTold() throws IOException {
        Ran empty = models("push", file("empty.onnx", ""));
        Ran large = models("push", file("large.onnx", "x".repeat(3 * MAX)));

        assertThat(empty.exitCode()).isEqualTo(1);
        assertThat(empty.err()).contains("HTTP 422", "the file is empty");
        assertThat(large.exitCode()).isEqualTo(1);
        assertThat(large.err()).contains("HTTP 413", "1000000 bytes");
        assertThat(models("show", "nobody").err()).contains("HTTP 404");
        assertThat(models("download", "nobody:1").err()).contains("HTTP 404");
    }

    @Test
    void wrongUsageIsToldBeforeAnythingIsSent() throws IOException {
        String file = file("good.onnx", "x");

        assertThat(models("push", "nothing.onnx").exitCode()).isEqualTo(2);
        assertThat(models("push", file, "--name", "a/b").err()).contains("cannot be a model's name");
        assertThat(models("promote", "iris", "two").err()).contains("a version is a number");
        assertThat(models("split", "iris", "1=100", "--p95-ratio", "2").err()).contains("need a --canary");
        assertThat(models("alias", "iris", "prod").err()).contains("needs a version");
        assertThat(models("rm", "iris:1", "--force").err()).contains("whole models");
        assertThat(models("download", "iris").err()).contains("which version?");
        assertThat(models().exitCode()).isEqualTo(2);
        assertThat(Ran.foretell("models", "push", file, "--router", "http://127.0.0.1:1")
                        .exitCode())
                .isEqualTo(3);
    }
}
