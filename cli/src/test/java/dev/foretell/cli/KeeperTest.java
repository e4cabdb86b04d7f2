package dev.foretell.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher does for a host: here for a script in its place, which notes each of its starts. */
class KeeperTest {
    private static final Path LAUNCHER = Path.of("..", "foretell").toAbsolutePath();

    @TempDir
    Path folder;

    @BeforeEach
    void needsBash() {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")));
    }

    @Test
    void replacesAHostThatEndsByItsBounds() throws Exception {
        Process keeper = keep("[ $(wc -l <starts) -gt 1 ] || exit 75");

        assertThat(keeper.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keeper.exitValue()).isZero();
        assertThat(starts()).isEqualTo(2);
        assertThat(output(keeper)).contains("the host has ended (exit code 75); another one starts in 1 s");
    }

    @Test
    void replacesAHostWithoutMemory() throws Exception {
        Process keeper = keep("[ $(wc -l <starts) -gt 1 ] || exit 3");

        assertThat(keeper.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(starts()).isEqualTo(2);
    }

    @Test
    void replacesAHostThatIsKilled() throws Exception {
        Process keeper = keep("[ $(wc -l <starts) -gt 1 ] || kill -9 $$");

        assertThat(keeper.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(starts()).isEqualTo(2);
    }

    @Test
    void leavesItAtWhatAHostEndedWithByItself() throws Exception {
        Process keeper = keep("exit 2");

        assertThat(keeper.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keeper.exitValue()).isEqualTo(2);
        assertThat(starts()).isEqualTo(1);
    }

    @Test
    void passesOnThatItIsToEnd() throws Exception {
        Process keeper = keep("trap 'exit 7' TERM; while :; do sleep 0.1; done");
        await().atMost(Duration.ofSeconds(60)).until(() -> starts() == 1);

        keeper.destroy();

        assertThat(keeper.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keeper.exitValue()).isEqualTo(7);
    }

    @Test
    void leavesNoHostBehindWhenItIsKilled() throws Exception {
        Process keeper = keep("exec cat");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> starts() == 1 && keeper.children().findAny().isPresent());
        Optional<ProcessHandle> host = keeper.children().findAny();

        keeper.destroyForcibly();

        host.orElseThrow().onExit().get(60, TimeUnit.SECONDS);
    }

    private Process keep(String script) throws IOException {
        Path host = Files.writeString(folder.resolve("host"), "echo >>starts\n" + script + "\n");
        ProcessBuilder keeper = new ProcessBuilder("/bin/bash", LAUNCHER.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true);
        keeper.environment().put("FORETELL_KEEP", "/bin/bash '" + host + "'");
        return keeper.start();
    }

    private long starts() throws IOException {
        Path starts = folder.resolve("starts");
        return Files.exists(starts) ? Files.readAllLines(starts).size() : 0;
    }

    private static String output(Process keeper) throws IOException {
        return new String(keeper.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
