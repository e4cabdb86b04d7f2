package dev.foretell.router.store;

import static dev.foretell.router.store.OpenStore.byHand;
import static dev.foretell.router.store.RouterKilledTest.runs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisTest {
    @TempDir
    private Path data;

    @Test
    void answersOnlyWithThePassword() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.start(data);
                LoopbackRedis stranger = LoopbackRedis.connect(redis.port(), Duration.ofSeconds(1))) {
            assertThat(stranger.say("PING")).startsWith("-NOAUTH");
            assertThat(stranger.login("guess")).isFalse();
            assertThat(byHand(redis, "PING")).isEqualTo("+PONG");
        }
    }

    @Test
    void showsItsPasswordToNobodyElse() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.start(data)) {
            String password = String.valueOf(redis.address().password());
            Path conf = data.resolve(EmbeddedRedis.CONF);

            assertThat(password).matches("[0-9a-f]{64}");
            assertThat(ofProcess(redis.pid(), "cmdline")).isNotEmpty().doesNotContain(password);
            assertThat(ofProcess(redis.pid(), "environ")).doesNotContain(password);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(conf)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void endsWhenClosed() {
        EmbeddedRedis redis = EmbeddedRedis.start(data);
        long server = redis.pid();
        List<ProcessHandle> watcher =
                ProcessHandle.of(server).orElseThrow().children().toList();

        redis.close();
        redis.close();

        assertThat(runs(server)).isFalse();
        assertThat(watcher).hasSize(1);
        await().until(() -> !runs(watcher.get(0).pid()));
    }

    @Test
    void keepsDataPortAndPassword() {
        EmbeddedRedis first = EmbeddedRedis.start(data);
        byHand(first, "SET kept value");
        first.close();

        try (EmbeddedRedis second = EmbeddedRedis.start(data)) {
            assertThat(second.address()).isEqualTo(first.address());
            assertThat(byHand(second, "STRLEN kept")).isEqualTo(":5");
        }
    }

    @Test
    void startsAgainWithItsDataWhenKilled() {
        try (EmbeddedRedis redis = EmbeddedRedis.start(data)) {
            byHand(redis, "SET kept value");
            long killed = redis.pid();

            ProcessHandle.of(killed).orElseThrow().destroyForcibly();

            await().until(() -> redis.pid() != killed);
            assertThat(byHand(redis, "STRLEN kept")).isEqualTo(":5");
        }
    }

    @Test
    void readsAFileWhoseEndIsCutOff() throws IOException {
        EmbeddedRedis first = EmbeddedRedis.start(data);
        byHand(first, "SET kept value");
        byHand(first, "SET cut value");
        first.close();
        cutOff(data.resolve("appendonly.aof"), 7);

        try (EmbeddedRedis second = EmbeddedRedis.start(data)) {
            assertThat(byHand(second, "STRLEN kept")).isEqualTo(":5");
            assertThat(byHand(second, "STRLEN cut")).isEqualTo(":0");
        }
    }

    @Test
    void tellsWhyItDoesNotStart() throws IOException {
        Files.writeString(
                data.resolve("appendonly.aof"), "this is no append-only file, and not for its end alone\n".repeat(9));

        assertThatThrownBy(() -> EmbeddedRedis.start(data))
                .isInstanceOf(StoreStartException.class)
                .hasMessageContaining("does not start")
                .hasMessageContaining("Bad file format reading the append only file");

        Files.delete(data.resolve("appendonly.aof"));
        EmbeddedRedis.start(data).close();
    }

    @Test
    void refusesDataThatItWouldNotSee() throws IOException {
        Files.createDirectory(data.resolve("appendonlydir"));

        assertThatThrownBy(() -> EmbeddedRedis.start(data))
                .isInstanceOf(StoreStartException.class)
                .hasMessageContaining("was written by Redis 7 or newer");
    }

    @Test
    void takesAnotherPortIfItsOwnIsTaken() throws IOException {
        EmbeddedRedis first = EmbeddedRedis.start(data);
        first.close();

        try (ServerSocket stranger = new ServerSocket(first.port(), 1, InetAddress.getByName("127.0.0.1"));
                EmbeddedRedis second = EmbeddedRedis.start(data)) {
            assertThat(second.port()).isNotEqualTo(stranger.getLocalPort());
        }
    }

    private static void cutOff(Path file, int bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - bytes);
        }
    }

    private static String ofProcess(long pid, String what) throws IOException {
        return Files.readString(Path.of("/proc/" + pid + "/" + what));
    }
}
