package dev.foretell.router.store.embedded;

import static dev.foretell.router.store.OpenStore.byHand;
import static dev.foretell.router.store.RouterKilledTest.runs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
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
        try (EmbeddedRedis redis = EmbeddedRedis.start(data, null);
                LoopbackRedis stranger = LoopbackRedis.connect(redis.port(), Duration.ofSeconds(1))) {
            assertThat(stranger.say("PING")).startsWith("-NOAUTH");
            assertThat(stranger.login("guess")).isFalse();
            assertThat(byHand(redis, "PING")).isEqualTo("+PONG");
        }
    }

    @Test
    void showsItsPasswordToNobodyElse() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.start(data, null)) {
            String password = String.valueOf(redis.address().password());
            Path conf = data.resolve(DataFolder.CONF);

            assertThat(password).matches("[0-9a-f]{64}");
            assertThat(ofProcess(redis.pid(), "cmdline")).isNotEmpty().doesNotContain(password);
            assertThat(ofProcess(redis.pid(), "environ")).doesNotContain(password);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(conf)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void endsWhenClosed() {
        EmbeddedRedis redis = EmbeddedRedis.start(data, null);
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
        EmbeddedRedis first = EmbeddedRedis.start(data, null);
        byHand(first, "SET kept value");
        first.close();

        try (EmbeddedRedis second = EmbeddedRedis.start(data, null)) {
            assertThat(second.address()).isEqualTo(first.address());
            assertThat(byHand(second, "STRLEN kept")).isEqualTo(":5");
        }
    }

    @Test
    void startsAgainWithItsDataWhenKilled() {
        try (EmbeddedRedis redis = EmbeddedRedis.start(data, null)) {
            byHand(redis, "SET kept value");
            long killed = redis.pid();

            ProcessHandle.of(killed).orElseThrow().destroyForcibly();

            await().until(() -> redis.pid() != killed);
            assertThat(byHand(redis, "STRLEN kept")).isEqualTo(":5");
        }
    }

    @Test
    void readsAFileWhoseEndIsCutOff() throws IOException {
        EmbeddedRedis first = EmbeddedRedis.start(data, null);
        byHand(first, "SET kept value");
        byHand(first, "SET cut value");
        first.close();
        cutOff(data.resolve(StoredFiles.ONE_FILE), 7);

        try (EmbeddedRedis second = EmbeddedRedis.start(data, null)) {
            assertThat(byHand(second, "STRLEN kept")).isEqualTo(":5");
            assertThat(byHand(second, "STRLEN cut")).isEqualTo(":0");
        }
    }

    @Test
    void saysThatItsFileIsDamagedAndTheWayOut() throws IOException {
        Path file = data.resolve(StoredFiles.ONE_FILE);
        Files.writeString(file, "this is no append-only file, and not for its end alone\n".repeat(9));

        assertDamaged("Bad file format reading the append only file");

        Files.delete(file);
        EmbeddedRedis.start(data, null).close();
    }

    @Test
    void neverBeginsEmptyBecauseTheBaseOfItsFileIsCutOff() throws IOException {
        Path file = data.resolve(StoredFiles.ONE_FILE);
        try (EmbeddedRedis redis = EmbeddedRedis.start(data, null)) {
            byHand(redis, "SET kept value");
            byHand(redis, "BGREWRITEAOF");
            await().until(() ->
                    Files.readString(file, StandardCharsets.ISO_8859_1).startsWith("REDIS0009"));
        }
        cutOff(file, 12);

        assertDamaged("Unexpected EOF reading RDB file");
    }

    private void assertDamaged(String words) throws IOException {
        Path folder = data.toRealPath();
        assertThatThrownBy(() -> EmbeddedRedis.start(data, null))
                .isInstanceOf(StoreStartException.class)
                .hasMessageStartingWith("the state in " + folder + " is damaged")
                .hasMessageContaining("foretell state restore FILE --data " + folder + " --replace")
                .hasMessageContaining(words)
                .satisfies(failure -> assertThat(failure.getMessage()).hasLineCount(1));
    }

    @Test
    void refusesDataThatItWouldNotSee() throws IOException {
        Files.createDirectory(data.resolve(StoredFiles.MANY_FILES));

        assertNewer();
    }

    @Test
    void refusesAFormatThatItDoesNotRead() throws IOException {
        Files.writeString(data.resolve(StoredFiles.ONE_FILE), "REDIS0011");

        assertNewer();
    }

    @Test
    void refusesWhatARestoreLeftHalfDone() throws IOException {
        Files.createFile(data.resolve(StoredFiles.HALF_RESTORED));

        assertThatThrownBy(() -> EmbeddedRedis.start(data, null))
                .isInstanceOf(StoreStartException.class)
                .hasMessageContaining("a restore into " + data.toRealPath() + " was interrupted; run it again");
    }

    private void assertNewer() {
        assertThatThrownBy(() -> EmbeddedRedis.start(data, null))
                .isInstanceOf(StoreStartException.class)
                .hasMessageContaining("was written by Redis 7 or newer, which Redis 6.2 ")
                .hasMessageContaining("name the newer server: redis.server: redis-server")
                .hasMessageContaining("foretell state backup");
    }

    @Test
    void takesAnotherPortIfItsOwnIsTaken() throws IOException {
        EmbeddedRedis first = EmbeddedRedis.start(data, null);
        first.close();

        try (ServerSocket stranger = new ServerSocket(first.port(), 1, InetAddress.getByName("127.0.0.1"));
                EmbeddedRedis second = EmbeddedRedis.start(data, null)) {
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
