package dev.foretell.worker.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerFolderTest {
    @TempDir
    private Path data = Path.of("");

    @Test
    void theFolderOfATrainerThatWasKilledIsDeletedByTheNext() throws IOException {
        Files.createFile(data.resolve("trainer-7.lock"));
        Path left = Files.createDirectories(data.resolve("trainer-7/task-1"));
        Files.writeString(left.resolve("data.csv"), "a,b");

        TrainerFolder.create(data).close();

        assertThat(data).isEmptyDirectory();
    }

    @Test
    void theFolderOfALivingTrainerStays() throws IOException {
        try (TrainerFolder first = TrainerFolder.create(data)) {
            TrainerFolder.create(data).close();

            assertThat(first.path()).isDirectory();
        }
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void aFolderWithoutALockIsSomebodyElses() throws IOException {
        Path other = Files.createDirectory(data.resolve("trainer-mine"));

        TrainerFolder.create(data).close();

        assertThat(other).isDirectory();
    }
}
