package dev.foretell.router.store.embedded;

import static dev.foretell.router.store.OpenStore.byHand;
import static dev.foretell.router.store.RouterKilledTest.runs;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders as {@code cp -a} and {@code mv} make them, of servers that run and of servers that do not. */
class CopiedFolderTest {
    @TempDir
    private Path temporary;

    private Path data() {
        return temporary.resolve("data");
    }

    @Test
    void aCopyOfARunningFolderStartsAsItself() throws Exception {
        try (EmbeddedRedis original = EmbeddedRedis.start(data(), null)) {
            byHand(original, "SET kept value");
            long server = original.pid();

            try (EmbeddedRedis copy = EmbeddedRedis.start(copy("copy"), null)) {
                assertThat(copy.address()).isNotEqualTo(original.address());
                assertThat(copy.address().password())
                        .isNotEqualTo(original.address().password());
                byHand(copy, "SET kept longer-value");
                byHand(copy, "SET added value");
                assertThat(byHand(copy, "STRLEN kept")).isEqualTo(":12");
            }

            assertThat(runs(server)).isTrue();
            assertThat(original.pid()).isEqualTo(server);
            assertThat(byHand(original, "STRLEN kept")).isEqualTo(":5");
            assertThat(byHand(original, "EXISTS added")).isEqualTo(":0");
        }
    }

    @Test
    void aCopyHasItsOwnPasswordFromThenOn() throws Exception {
        EmbeddedRedis.start(data(), null).close();
        EmbeddedRedis first = EmbeddedRedis.start(copy("copy"), null);
        first.close();

        try (EmbeddedRedis again = EmbeddedRedis.start(temporary.resolve("copy"), null);
                EmbeddedRedis original = EmbeddedRedis.start(data(), null)) {
            assertThat(again.address()).isEqualTo(first.address());
            assertThat(original.address()).isNotEqualTo(first.address());
        }
    }

    /** As a router of before there were identities leaves it: copies have its port and its password. */
    @Test
    void anotherServerWithItsPortAndPasswordIsNotTakenForItsOwn() throws Exception {
        EmbeddedRedis.start(data(), null).close();
        Path twin = copy("twin");
        try (EmbeddedRedis first = EmbeddedRedis.start(data(), null)) {
            Files.delete(twin.resolve(FolderIdentity.FILE));
            EmbeddedRedis.start(twin, null).close();
            Files.copy(
                    data().resolve(DataFolder.CONF),
                    twin.resolve(DataFolder.CONF),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);

            try (EmbeddedRedis second = EmbeddedRedis.start(twin, null)) {
                assertThat(second.port()).isNotEqualTo(first.port());
                byHand(second, "SET added value");
            }

            assertThat(byHand(first, "EXISTS added")).isEqualTo(":0");
        }
    }

    @Test
    void aRenamedFolderIsItself() throws Exception {
        EmbeddedRedis before = EmbeddedRedis.start(data(), null);
        byHand(before, "SET kept value");
        before.close();

        try (EmbeddedRedis after = EmbeddedRedis.start(Files.move(data(), temporary.resolve("moved")), null)) {
            assertThat(after.address()).isEqualTo(before.address());
            assertThat(byHand(after, "STRLEN kept")).isEqualTo(":5");
        }
    }

    /** The pid of a server that is gone may be any program's by now. */
    @Test
    void aProcessThatIsNoServerOfTheFolderIsLeftAlone() throws Exception {
        EmbeddedRedis.start(data(), null).close();
        Process stranger = new ProcessBuilder("sleep", "1000").start();
        try {
            Files.writeString(data().resolve(DataFolder.PID), stranger.pid() + "\n");

            EmbeddedRedis.start(data(), null).close();

            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void itsHolderIsForgottenWhenItCloses() throws IOException {
        EmbeddedRedis.start(data(), null).close();

        assertThat(data().resolve("router.pid")).doesNotExist();
    }

    private Path copy(String name) throws Exception {
        Path copy = temporary.resolve(name);
        assertThat(new ProcessBuilder("cp", "-a", data().toString(), copy.toString())
                        .start()
                        .waitFor())
                .isZero();
        return copy;
    }
}
