package dev.foretell.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.Ran;
import dev.foretell.cli.child.Outcome;
import dev.foretell.commons.config.ConfigLoader;
import dev.foretell.commons.json.Json;
import dev.foretell.examples.Fib;
import dev.foretell.router.RouterConfig;
import dev.foretell.router.RouterMain;
import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.Worker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code foretell bench} against a real router with a real worker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BenchCommandTest {
    private static final Duration MAX = Duration.ofSeconds(60);

    @TempDir
    private static Path folder = Path.of("");

    private String url = "";
    private AutoCloseable router = () -> {};
    private AutoCloseable worker = () -> {};

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
        RunningWorker running = Worker.of("fib", Fib::predict).register(url, "AI");
        worker = running::close;
        Awaitility.await()
                .atMost(MAX)
                .until(() -> Ran.foretell("routes", "--router", url).out().contains("READY"));
    }

    @AfterAll
    void stop() throws Exception {
        worker.close();
        router.close();
    }

    private Ran bench(String... arguments) {
        return Ran.foretell(Stream.concat(Stream.of("bench", "--router", url), Stream.of(arguments))
                .toArray(String[]::new));
    }

    @Test
    void everyCallOfARateIsMadeOrCountedAsUnsent() {
        Ran ran = bench("fib", "--data", "{\"n\": 10}", "--rate", "50", "--seconds", "1", "--json");
        JsonNode result = Json.readTree(ran.out().getBytes(StandardCharsets.UTF_8));

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(result.path("calls").asLong() + result.path("unsent").asLong())
                .isEqualTo(50);
        assertThat(result.path("calls").asLong()).isPositive();
        assertThat(result.path("failed").asLong()).isZero();
        assertThat(result.at("/latencyMs/p50").asDouble())
                .isBetween(0.001, result.at("/latencyMs/max").asDouble());
    }

    @Test
    void withoutDataTheSignatureSaysWhatToSend() {
        Ran ran = bench("fib", "--seconds", "1", "--connections", "2");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out()).contains(" a second, 0 failed", "p99", "█");
        assertThat(ran.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void inputThatTheModelRefusesIsNoMeasurement() {
        Ran ran = bench("fib", "--data", "{\"n\": \"ten\"}", "--seconds", "1");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("422", "must be of type int");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--connections 0 | --connections must be from 1 to 256",
                "--connections 257 | --connections must be from 1 to 256",
                "--seconds 0 | --seconds must be from 1 to 600",
                "--seconds 601 | --seconds must be from 1 to 600",
                "--rate 0 | --rate must be from 0.1 to 50000",
                "--rate 1e9 | --rate must be from 0.1 to 50000",
                "--rate NaN | --rate",
                "--max-errors 1.5 | --max-errors must be from 0 to 1",
                "--data {n | --data is not JSON"
            })
    void absurdValuesAreRefusedInASentence(String arguments, String sentence) {
        Ran ran = bench(("fib " + arguments).split(" "));

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains(sentence);
    }

    @Test
    void aModelThatDoesNotExistIsSaidBeforeAnyLoad() {
        assertThat(bench("fibonacci").exitCode()).isEqualTo(1);
    }
}
