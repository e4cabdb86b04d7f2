package dev.foretell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.cli.child.Outcome;
import dev.foretell.commons.config.ConfigLoader;
import dev.foretell.examples.Fib;
import dev.foretell.router.RouterConfig;
import dev.foretell.router.RouterMain;
import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.Worker;
import java.io.IOException;
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

/** {@code foretell routes} and {@code foretell predict} against a real router with a real worker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientCommandsTest {
    private static final Duration MAX = Duration.ofSeconds(60);

    private final RunningWorker worker = Worker.of("fib", Fib::predict).start();

    @TempDir
    private static Path folder = Path.of("");

    private String url = "";
    private AutoCloseable router = () -> {};

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
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> Ran.foretell("routes", "--router", url).exitCode() == 0);
        register();
    }

    @AfterAll
    void stop() throws Exception {
        router.close();
        worker.close();
    }

    private void register() throws IOException {
        Path map = Files.writeString(folder.resolve("map.json"), """
                {"AI":{"fib":[{"host":"127.0.0.1","port":%s}]}}""".formatted(worker.port()));
        assertThat(Ran.foretell("routes", "--router", url, "put", map.toString()))
                .matches(put -> put.exitCode() == 0, "is registered");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> Ran.foretell("routes", "--router", url).out().contains("READY"));
    }

    @Test
    void aMessageFromOutsideDoesNotReachTheTerminalAsItIs() {
        Ran predict = Ran.foretell("predict", "--router", url, "nobody\u001b[2J\u0007", "{}");

        assertThat(predict.exitCode()).isNotZero();
        assertThat(predict.out() + predict.err()).contains("nobody?[2J?").doesNotContain("\u001b", "\u0007");
    }

    @Test
    void predictPrintsTheWorkersAnswer() {
        Ran predict = Ran.foretell("predict", "--router", url, "fib", """
                {"n": 10}""");

        assertThat(predict.err()).isEmpty();
        assertThat(predict.out().strip()).isEqualTo("89");
        assertThat(predict.exitCode()).isZero();
    }

    @Test
    void topShowsTheCallsAndTheModelsWithin80Columns() {
        Awaitility.await().atMost(MAX).untilAsserted(() -> {
            Ran.foretell("predict", "--router", url, "fib", "{\"n\": 10}");
            Ran top = Ran.foretell("top", "--router", url, "--once");

            assertThat(top.exitCode()).isZero();
            assertThat(top.out())
                    .containsPattern("Up .*, 1 model, 1 worker\\R")
                    .contains("Nothing is wrong.")
                    .containsPattern("AI/fib +function +ready +[0-9.]+ +0 +[0-9.]+ms +1/1");
            assertThat(top.out().lines()).allMatch(line -> line.length() <= 80);
        });
        assertThat(Ran.foretell("top", "--router", url, "--once", "--json").out())
                .contains("\"callsPerSecond\"");
        assertThat(Ran.foretell("top", "--router", "http://127.0.0.1:1", "--once")
                        .exitCode())
                .isNotZero();
    }

    @Test
    void eventsShowsWhoChangedWhat() {
        Awaitility.await().atMost(MAX).untilAsserted(() -> {
            Ran events = Ran.foretell("events", "--router", url, "--search", "routing map");

            assertThat(events.exitCode()).isZero();
            assertThat(events.out())
                    .containsPattern("a caller without a key at 127.0.0.1 changed the routing map")
                    .containsPattern("after: +AI/fib: 127.0.0.1-" + worker.port());
        });
        assertThat(Ran.foretell("events", "--router", url, "--json", "--limit", "1")
                        .out())
                .startsWith("{\"id\":");
        assertThat(Ran.foretell("events", "--router", url, "--limit", "0").err())
                .contains("--limit must be from 1 to 1000");
    }

    @Test
    void anEnsembleIsPutCalledShownAndRemoved() throws IOException {
        Ran put = ensembles("put", "mix", "--merge", "weighted", "--deadline", "5000", "fib=3");
        Ran again = ensembles(
                "put",
                "mix",
                "--file",
                ensemblesFile(ensembles("show", "mix", "--json").out()));

        assertThat(put.err()).isEmpty();
        assertThat(put.out())
                .contains("AI/mix  weighted; needs its member")
                .containsPattern("fib +AI/fib +3 +5000 ms +all");
        assertThat(again.out()).isEqualTo(put.out());
        assertThat(Ran.foretell("predict", "--router", url, "mix", "{\"n\": 10}")
                        .out()
                        .strip())
                .isEqualTo("89.0");
        assertThat(ensembles("list").out()).containsPattern("mix +AI +weighted +1 of 1 +fib");
        assertThat(ensembles("put", "bad", "--merge", "mean", "nope").err()).contains("HTTP 422", "no model 'AI/nope'");
        assertThat(ensembles("put", "bad", "--merge", "weighted", "fib=much").exitCode())
                .isEqualTo(2);
        assertThat(ensembles("put", "bad", "--merge", "mean", "--deadline", "0", "fib")
                        .err())
                .contains("--deadline must be at least 1 ms");
        assertThat(ensembles("put", "two", "--merge", "mean", "--quorum", "1", "fib", "second:=fib")
                        .out())
                .contains("needs 1 of its 2 members", "second")
                .doesNotContain("(missing)");
        assertThat(ensembles("put", "one", "--merge", "all", "--output", "field", "fib")
                        .out())
                .containsPattern("fib +AI/fib +1 .* field");
        assertThat(ensembles("rm", "one").out()).contains("one is removed");
        assertThat(ensembles("rm", "two").out()).contains("two is removed");
        assertThat(ensembles("rm", "mix").out()).contains("mix is removed");
        assertThat(ensembles("list").out()).contains("There is no ensemble at " + url);
    }

    private Ran ensembles(String... arguments) {
        return Ran.foretell(Stream.concat(Stream.of("ensembles", "--router", url), Arrays.stream(arguments))
                .toArray(String[]::new));
    }

    private static String ensemblesFile(String json) throws IOException {
        return Files.writeString(folder.resolve("mix.json"), json).toString();
    }

    @Test
    void predictTakesItsArgumentsFromAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("arguments.json"), """
                {"n": 2}""");

        Ran predict = Ran.foretell("predict", "--router", url, "--timeout-ms", "5000", "fib", "@" + file);

        assertThat(predict.out().strip()).isEqualTo("2");
    }

    @Test
    void aProblemIsToldToPeopleOnStderrAndToScriptsAsJson() {
        Ran people = Ran.foretell("predict", "--router", url, "fib", """
                {"m": 10}""");
        Ran scripts = Ran.foretell("predict", "--router", url, "--json", "fib", """
                {"m": 10}""");

        assertThat(people.exitCode()).isEqualTo(1);
        assertThat(people.out()).isEmpty();
        assertThat(people.err()).contains("HTTP 422", "unexpected keyword argument 'm'", "INVALID_INPUT", "requestId");
        assertThat(scripts.exitCode()).isEqualTo(1);
        assertThat(scripts.out()).contains("\"code\":\"INVALID_INPUT\"");
    }

    @Test
    void argumentsThatAreNotJsonAreWrongUsage() {
        Ran predict = Ran.foretell("predict", "--router", url, "fib", "{n: 10}");

        assertThat(predict.exitCode()).isEqualTo(2);
        assertThat(predict.err()).contains("not JSON");
    }

    @Test
    void aRouterThatIsNotThereIsExitCodeThree() {
        Ran predict = Ran.foretell("predict", "--router", "http://127.0.0.1:1", "fib", "{}");

        assertThat(predict.exitCode()).isEqualTo(3);
        assertThat(predict.err()).hasLineCount(1).contains("nothing answers at http://127.0.0.1:1");
    }

    @Test
    void routesDrainsAWorkerAndTakesThatBack() {
        String id = "127.0.0.1-" + worker.port() + "-0";

        Ran drain = Ran.foretell("routes", "--router", url, "drain", id, "--wait", "5");
        assertThat(drain.out())
                .containsPattern("WORKER +STATE +IN FLIGHT +MODELS")
                .containsPattern(id + " +DRAINING +0 +AI/fib");
        assertThat(Ran.foretell("predict", "--router", url, "fib", """
                {"n": 2}""").err()).contains("it is drained");
        assertThat(Ran.foretell("routes", "--router", url, "undrain", "--json", id)
                        .out())
                .contains("\"state\": \"READY\"");
        assertThat(Ran.foretell("routes", "--router", url, "rm", "a b").err())
                .hasLineCount(1)
                .contains("what to remove is TYPE", "'a b'");
        assertThat(Ran.foretell("routes", "--router", url, "drain", "nobody-1-0")
                        .err())
                .contains("HTTP 404");
    }

    @Test
    void routesShowsRemovesAndTakesWorkers() throws IOException {
        String id = "127.0.0.1-" + worker.port() + "-0";

        assertThat(Ran.foretell("routes", "--router", url).out())
                .containsPattern("TYPE +MODEL +WORKER +STATE +IN FLIGHT +REQUESTS +LAST PASS")
                .containsPattern("AI +fib +" + id + " +READY +0 ");
        assertThat(Ran.foretell("routes", "--router", url, "--json").out())
                .contains("\"worker\":\"" + id + "\"", "\"state\":\"READY\"");
        assertThat(Ran.foretell("routes", "rm", "--router", url, "AI/fib/" + id).exitCode())
                .isZero();
        assertThat(Ran.foretell("routes", "--router", url).out()).contains("No worker is registered");
        assertThat(Ran.foretell("routes", "rm", "--router", url, "AI").err()).contains("HTTP 404");
        register();
    }
}
