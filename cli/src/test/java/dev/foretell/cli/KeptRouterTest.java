package dev.foretell.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A router in the background as the launcher starts it: kept by a process that starts it again. */
class KeptRouterTest {
    private static final String LAUNCHER = "foretell.launcher";
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void launchAsTheLauncherDoes() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")));
        Path launcher = Files.writeString(folder.resolve("launcher"), """
                #!/bin/bash
                export FORETELL_KEPT=router FORETELL_KEEP=$(printf '%%q ' '%s' -XX:TieredStopAtLevel=1 $FORETELL_JAVA_OPTS -cp '%s' \
                  dev.foretell.cli.Foretell "$@" --exit-with-parent)
                exec bash '%s'
                """.formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        System.getProperty("java.class.path"),
                        Path.of("..", "foretell").toAbsolutePath()));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
        System.setProperty(LAUNCHER, launcher.toString());
    }

    @AfterEach
    void stop() {
        router("stop");
        System.clearProperty(LAUNCHER);
    }

    @Test
    void isStartedAgainWhenItIsKilledAndEndsWithItsKeeperWhenItIsStopped() throws IOException {
        start();
        ProcessHandle first = running();
        ProcessHandle keeper = first.parent().orElseThrow();

        first.destroyForcibly();
        await().atMost(LONG).until(() -> router("status").exitCode() == 0);

        ProcessHandle second = running();
        assertThat(second).isNotEqualTo(first);
        assertThat(second.parent()).contains(keeper);
        assertThat(logs().resolve("error.log"))
                .content()
                .contains(" ERROR foretell the router has ended (exit code 137); another one starts in 1 s");

        assertThat(router("stop").out()).contains("stopping http://", "stopped");
        assertThat(second.isAlive()).isFalse();
        assertThat(keeper.isAlive()).isFalse();
        assertThat(router("status").err()).contains("no router of this folder runs");
    }

    @Test
    void isNotStartedAgainOnceItIsStoppedEvenIfItHasJustEnded() throws Exception {
        start();
        ProcessHandle first = running();
        ProcessHandle keeper = first.parent().orElseThrow();

        first.destroyForcibly();
        first.onExit().get(LONG.toSeconds(), TimeUnit.SECONDS);

        assertThat(router("start", "--port", "0").err())
                .containsAnyOf("starts it again; 'foretell router stop'", "a router runs already");
        assertThat(router("stop").exitCode()).isZero();
        assertThat(keeper.isAlive()).isFalse();
        assertThat(router("status").exitCode()).isEqualTo(3);
    }

    @Test
    void isNotStartedAgainWhereItsPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ran start = router("start", "--port", Integer.toString(taken.getLocalPort()), "--logs", logs().toString());

            assertThat(start.exitCode()).isEqualTo(1);
            assertThat(start.err()).contains("the router did not start", "is taken");
            assertThat(logs().resolve("error.log")).content().doesNotContain("another one starts");
        }
    }

    private void start() {
        Ran start = router("start", "--port", "0", "--logs", logs().toString());
        assertThat(start.exitCode()).as(start.err()).isZero();
    }

    private ProcessHandle running() throws IOException {
        JsonNode status = Json.readTree(router("status", "--json").out().getBytes(StandardCharsets.UTF_8));
        return ProcessHandle.of(status.path("pid").asLong()).orElseThrow();
    }

    private Path logs() {
        return folder.resolve("logs");
    }

    private Ran router(String command, String... options) {
        List<String> arguments = new ArrayList<>(
                List.of("router", command, "--data", folder.resolve("data").toString()));
        arguments.addAll(List.of(options));
        return Ran.foretell(arguments.toArray(String[]::new));
    }
}
