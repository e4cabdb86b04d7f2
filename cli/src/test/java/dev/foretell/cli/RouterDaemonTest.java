package dev.foretell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.cli.client.RouterHttp;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouterDaemonTest {
    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void stop() {
        router("stop");
        ofCopy("stop");
    }

    @Test
    void startsShowsItselfLogsAndStops() throws IOException {
        Ran start = router("start", "--port", "0", "--logs", logs().toString(), "--set", "http.max-connections=100");
        assertThat(start.err()).isEmpty();
        assertThat(start.exitCode()).isZero();
        assertThat(start.out()).startsWith("listening on http://127.0.0.1:").contains("pid ");
        assertThat(logs().resolve("info.log"))
                .as("the router is ready once start returns")
                .content()
                .contains("Ready: 0 models");

        Ran again = router("start", "--port", "0", "--logs", logs().toString());
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("a router runs already");

        Ran status = router("status", "--json");
        assertThat(status.exitCode()).isZero();
        var view = Json.readTree(status.out().getBytes(StandardCharsets.UTF_8));
        assertThat(start.out())
                .contains(view.path("url").asText(), "pid " + view.path("pid").asLong());
        assertThat(router("status").out()).contains("READY", view.path("url").asText());

        Ran stop = router("stop");
        assertThat(stop.exitCode()).isZero();
        assertThat(ProcessHandle.of(view.path("pid").asLong()).filter(ProcessHandle::isAlive))
                .isEmpty();
        assertThat(router("status").exitCode()).isEqualTo(3);
        assertThat(logs().resolve("access.log")).content().contains("GET /elb-healthcheck 503");
        assertThat(Files.readAllLines(logs().resolve("error.log")))
                .filteredOn(line -> line.matches("\\S+ (WARN|ERROR) .*"))
                .allMatch(RouterDaemonTest::isOfABusyMachine);
    }

    /** True where the machine had no time for the router. */
    private static boolean isOfABusyMachine(String line) {
        return line.matches(".* The event loop \\S+ (has been blocked|runs again).*");
    }

    @Test
    void whyItDoesNotStartIsInItsErrorLog() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            Ran start = router("start", "--port", port, "--logs", logs().toString());

            String why = "port " + port + " of 127.0.0.1 is taken; choose another with --port, or 0 for a free one";
            assertThat(start.exitCode()).isEqualTo(1);
            assertThat(start.err()).contains(why);
            assertThat(logs().resolve("error.log")).content().contains("ERROR", "The router ends: " + why);
        }
    }

    @Test
    void saysWhatItWaitsForWhereItIsNotReadySoon() {
        Ran start = router(
                "start",
                "--wait",
                "1",
                "--port",
                "0",
                "--logs",
                logs().toString(),
                "--set",
                "redis.address=redis://127.0.0.1:1");

        assertThat(start.exitCode()).isZero();
        assertThat(start.out())
                .startsWith("listening on http://127.0.0.1:")
                .contains(", not ready yet: state restoring, workers probing, store away");
    }

    @Test
    void aRouterThatWasKilledIsNotTakenForRunning() {
        assertThat(router("start", "--port", "0", "--logs", logs().toString()).exitCode())
                .isZero();
        ProcessHandle daemon = ProcessHandle.of(
                        Json.readTree(router("status", "--json").out().getBytes(StandardCharsets.UTF_8))
                                .path("pid")
                                .asLong())
                .orElseThrow();

        daemon.destroyForcibly();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !daemon.isAlive());

        assertThat(router("status").exitCode()).isEqualTo(3);
        assertThat(router("stop").exitCode()).isEqualTo(3);
        assertThat(router("start", "--port", "0", "--logs", logs().toString()).exitCode())
                .isZero();
    }

    @Test
    void aStartThatFailsSaysWhy() throws IOException {
        Files.writeString(folder.resolve("data"), "");

        Ran start = router("start", "--port", "0", "--logs", logs().toString());

        assertThat(start.exitCode()).isEqualTo(1);
        assertThat(start.err()).contains("the router did not start", "is a file");
    }

    @Test
    void aCopyOfARunningRoutersFolderIsARouterOfItsOwn() throws Exception {
        assertThat(router("start", "--port", "0", "--logs", logs().toString()).exitCode())
                .isZero();
        assertThat(new ProcessBuilder("cp", "-a", folder.resolve("data").toString(), copy().toString())
                        .start()
                        .waitFor())
                .isZero();

        assertThat(ofCopy("status").exitCode()).isEqualTo(3);
        Ran stop = ofCopy("stop");
        assertThat(stop.exitCode()).isEqualTo(3);
        assertThat(stop.err())
                .contains("no router of this folder runs", "a router of the folder that this one is a copy of");
        Ran start =
                ofCopy("start", "--port", "0", "--logs", folder.resolve("logs2").toString());
        assertThat(start.exitCode()).isZero();
        assertThat(start.out())
                .doesNotContain(url(router("status", "--json")))
                .contains("The data folder " + copy().toRealPath() + " is a copy of ");
        String map = """
                {"AI": {"fib": [{"host": "localhost", "port": 1, "local_worker_id": 0}]}}""";
        assertThat(new RouterHttp(url(ofCopy("status", "--json")))
                        .put("/v1/model_workers_map", map)
                        .isOk())
                .isTrue();
        assertThat(ofCopy("stop").exitCode()).isZero();

        assertThat(new RouterHttp(url(router("status", "--json")))
                        .get("/v1/model_workers_map")
                        .body())
                .doesNotContain("fib");
        assertThat(folder.resolve("logs2/info.log"))
                .content()
                .contains("is a copy of " + folder.resolve("data").toRealPath() + "; the router starts independently");
        assertThat(logs().resolve("info.log")).content().doesNotContain("embedded Redis ended");
    }

    @Test
    void twoRoutersDoNotShareAFolderOfLogs() {
        assertThat(router("start", "--port", "0", "--logs", logs().toString()).exitCode())
                .isZero();

        Ran other = ofCopy("start", "--port", "0", "--logs", logs().toString());

        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.err())
                .contains("has the logs of another router that runs, that of the data folder " + folder.resolve("data"))
                .contains("--logs");
        assertThat(router("stop").exitCode()).isZero();
        assertThat(ofCopy("start", "--port", "0", "--logs", logs().toString()).exitCode())
                .isZero();
    }

    private static String url(Ran status) throws IOException {
        return Json.readTree(status.out().getBytes(StandardCharsets.UTF_8))
                .path("url")
                .asText();
    }

    private Path copy() {
        return folder.resolve("copy");
    }

    private Path logs() {
        return folder.resolve("logs");
    }

    private Ran router(String command, String... options) {
        return ran(folder.resolve("data"), command, options);
    }

    private Ran ofCopy(String command, String... options) {
        return ran(copy(), command, options);
    }

    private static Ran ran(Path data, String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of("router", command, "--data", data.toString()));
        arguments.addAll(List.of(options));
        return Ran.foretell(arguments.toArray(String[]::new));
    }
}
