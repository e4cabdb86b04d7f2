package dev.foretell.router.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    private Path temporary;

    @Test
    void isItsOwnersAlone() throws IOException {
        Path where = temporary.resolve("new/data");

        try (DataFolder folder = DataFolder.open(where)) {
            folder.writeSecret("secret", "one");
            folder.writeSecret("secret", "two");

            assertThat(folder.read("secret")).contains("two");
            assertThat(folder.read("nothing")).isEmpty();
        }

        assertThat(permissions(where)).isEqualTo("rwx------");
        assertThat(permissions(where.resolve("secret"))).isEqualTo("rw-------");
    }

    @Test
    void isRefusedWhileHeld() {
        try (DataFolder held = DataFolder.open(temporary)) {
            assertThatThrownBy(() -> DataFolder.open(temporary.resolve("../" + temporary.getFileName())))
                    .isInstanceOf(StoreStartException.class)
                    .hasMessageContaining("the data folder " + held + " is in use by another router (this process)");
            assertThatThrownBy(() -> DataFolder.open(temporary)).isInstanceOf(StoreStartException.class);
        }

        DataFolder.open(temporary).close();
    }

    @Test
    void saysThatAFileIsInItsPlace() throws IOException {
        Path file = Files.writeString(temporary.resolve("data"), "");

        assertThatThrownBy(() -> DataFolder.open(file))
                .isInstanceOf(StoreStartException.class)
                .hasMessage("the data folder " + file + " is a file; name a folder with redis.data");
    }

    @Test
    void saysThatTheDiskIsFull() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        Files.createSymbolicLink(temporary.resolve("router.pid"), full);

        assertThatThrownBy(() -> DataFolder.open(temporary))
                .isInstanceOf(StoreStartException.class)
                .hasMessageContaining("(No space left on device)");
    }

    @Test
    void saysThatItCannotBeMade() {
        assertThatThrownBy(() -> DataFolder.open(Path.of("/proc/foretell")))
                .isInstanceOf(StoreStartException.class)
                .hasMessageStartingWith("cannot use the data folder /proc/foretell (")
                .hasMessageEndingWith("); name another with --data (redis.data)");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
