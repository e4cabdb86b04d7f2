package dev.foretell.cli.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.cli.Ran;
import dev.foretell.cli.child.Child;
import dev.foretell.cli.client.RouterHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouterCommandTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void namesAllThatIsWrongWithTheConfigurationAtOnce() throws IOException {
        Path file = Files.writeString(folder.resolve("router.yaml"), "http:\n  prot: 1\nhealth:\n  interval: soon\n");

        Ran router = Ran.foretell("router", "-c", file.toString(), "--port", "many");

        assertThat(router.exitCode()).isEqualTo(2);
        assertThat(router.err())
                .contains("http.prot", "health.interval", "--port: must be a whole number")
                .doesNotContain("\tat ");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Ran router = Ran.foretell("router", "-c", "no-such.yaml");

        assertThat(router.exitCode()).isEqualTo(2);
        assertThat(router.err()).contains("cannot read no-such.yaml");
    }

    @Test
    void aTakenPortIsOneClearLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = String.valueOf(taken.getLocalPort());

            Ran router = Ran.foretell("router", "--port", port, "--data", data());

            assertThat(router.exitCode()).isEqualTo(1);
            assertThat(router.err()).hasLineCount(1).contains("port " + port + " of 127.0.0.1 is taken", "--port");
            assertThat(Path.of(data())).as("no Redis was started for it").doesNotExist();
        }
    }

    @Test
    void aHostThatIsNoneIsOneClearLine() {
        Ran router = Ran.foretell("router", "--host", "not a host", "--port", "0", "--data", data());

        assertThat(router.exitCode()).isEqualTo(1);
        assertThat(router.err()).hasLineCount(1).contains("'not a host'", "no address of this machine");
    }

    @Test
    void aDataFolderThatIsAFileIsOneClearLine() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        Ran router = Ran.foretell("router", "--port", "0", "--data", file.toString());

        assertThat(router.exitCode()).isEqualTo(1);
        assertThat(router.err()).hasLineCount(1).contains("is a file");
    }

    @Test
    void endsWithExitCodeZeroWhenTold() throws IOException, InterruptedException {
        try (Child router = Child.start(
                "router",
                List.of("router", "--port", "0", "--data", data(), "--set", "http.drain-delay=200ms"),
                folder.resolve("router.log"))) {
            assertThat(new RouterHttp(router.url()).get("/livez").isOk()).isTrue();

            router.close();

            assertThat(router.exitCode()).isZero();
            assertThat(router.lastWords()).contains("serves for another 200 ms");
        }
    }

    /** Whatever nohup runs, and all that starts from there, ignores the signal. */
    private static boolean isDeafToHangUps() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line -> Character.digit(line.charAt(line.length() - 1), 16) % 2 == 1);
    }

    @Test
    void readsItsFileAgainAtSighup() throws IOException, InterruptedException {
        Assumptions.assumeFalse(isDeafToHangUps(), "SIGHUP is ignored here, as by nohup");
        Path file = Files.writeString(folder.resolve("router.yaml"), "retry:\n  attempts: 2\n");
        List<String> arguments = List.of(
                "router", "-c", file.toString(), "--port", "0", "--data", data(), "--set", "http.drain-delay=0s");
        try (Child router = Child.start("router", arguments, folder.resolve("router.log"))) {
            RouterHttp http = new RouterHttp(router.url());
            assertThat(attempts(http)).isEqualTo("2");
            Files.writeString(file, "retry:\n  attempts: 5\n");

            new ProcessBuilder("kill", "-HUP", Long.toString(router.pid()))
                    .start()
                    .waitFor();

            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> attempts(http).equals("5"));
        }
    }

    @Test
    void anEmptyFileIsRefused() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("router.yaml"), "retry:\n  attempts: 5\n");
        List<String> arguments = List.of(
                "router", "-c", file.toString(), "--port", "0", "--data", data(), "--set", "http.drain-delay=0s");
        try (Child router = Child.start("router", arguments, folder.resolve("router.log"))) {
            RouterHttp http = new RouterHttp(router.url());
            Files.writeString(file, "");

            assertThat(http.post("/v1/config/reload", "").body()).contains("INVALID_INPUT", "router.yaml is empty");
            assertThat(attempts(http)).isEqualTo("5");
        }
    }

    private static String attempts(RouterHttp http) {
        return http.get("/v1/config").json().path("retry.attempts").asText();
    }

    private String data() {
        return folder.resolve("data").toString();
    }
}
