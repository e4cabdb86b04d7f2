package dev.foretell.router.store;

import static dev.foretell.router.store.OpenStore.byHand;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.foretell.router.store.embedded.DataFolder;
import dev.foretell.router.store.embedded.EmbeddedRedis;
import dev.foretell.router.store.embedded.LoopbackRedis;
import dev.foretell.router.store.embedded.ServerConf;
import dev.foretell.router.store.embedded.StoreStartException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class RouterKilledTest {
    @TempDir
    private Path data;

    private Process router;
    private long server;

    @BeforeEach
    void startRouter() throws IOException {
        router = start(data);
        String line = firstLine(router);
        assertThat(line).startsWith("up ");
        server = Long.parseLong(line.substring(3));
    }

    @AfterEach
    void killRouter() throws InterruptedException {
        router.destroyForcibly().waitFor();
        await().until(() -> !runs(server));
    }

    @Test
    void leavesNoServer() {
        router.destroyForcibly();

        await().until(() -> !runs(server));
    }

    /** As {@code kill -9 %1} of a shell does. */
    @Test
    void leavesNoServerWhenItsWholeGroupIsKilled() throws Exception {
        signal("KILL", -router.pid());

        await().until(() -> !runs(server));
    }

    @Test
    void leavesNoServerThatIsFrozen() throws Exception {
        signal("STOP", server);

        router.destroyForcibly();

        await().until(() -> !runs(server));
    }

    @Test
    void leavesItsDataToTheNext() throws Exception {
        write("SET kept value");
        router.destroyForcibly().waitFor();

        try (EmbeddedRedis next = EmbeddedRedis.start(data, null)) {
            assertThat(runs(server)).isFalse();
            assertThat(byHand(next, "STRLEN kept")).isEqualTo(":5");
        }
    }

    @Test
    void refusesASecondRouter() throws Exception {
        Process second = start(data);

        assertThat(firstLine(second))
                .isEqualTo("the data folder " + data.toRealPath() + " is in use by another router (process "
                        + router.pid() + "); stop that one, or name another folder with --data (redis.data)");
        assertThatThrownBy(() -> EmbeddedRedis.start(data, null)).isInstanceOf(StoreStartException.class);
        write("PING");
    }

    private static Process start(Path data) throws IOException {
        return new ProcessBuilder(
                        "setsid",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dlogback.configurationFile=none.xml",
                        RouterInOwnJvm.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** What the router says first; the log goes elsewhere. */
    private static String firstLine(Process router) throws IOException {
        BufferedReader lines = router.inputReader();
        String line = lines.readLine();
        while (line != null && !line.startsWith("up ") && !line.startsWith("the data folder")) {
            line = lines.readLine();
        }
        return String.valueOf(line);
    }

    private void write(String command) throws IOException {
        ServerConf conf = ServerConf.parse(Files.readString(data.resolve(DataFolder.CONF)))
                .orElseThrow();
        try (LoopbackRedis redis = LoopbackRedis.connect(conf.port(), Duration.ofSeconds(1))) {
            assertThat(redis.login(conf.password())).isTrue();
            assertThat(redis.say(command)).startsWith("+");
        }
    }

    private static void signal(String signal, long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + signal, "--", String.valueOf(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** A dead process that nobody has reaped is no running one. */
    public static boolean runs(long pid) {
        try {
            return !Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
        } catch (IOException e) {
            return false;
        }
    }
}
