package dev.foretell.worker.onnx.shelf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What killed hosts left goes; what may be somebody's stays. */
class LeftFoldersTest {
    @TempDir
    Path parent;

    private Path own;

    @BeforeEach
    void start() throws IOException {
        own = host("host-own", Duration.ofHours(1));
    }

    private Path host(String name, Duration age) throws IOException {
        Path folder = Files.createDirectories(parent.resolve(name));
        Files.writeString(folder.resolve("1.onnx"), "ONNX");
        Files.writeString(folder.resolve("2.part"), "half");
        Path lock = Files.writeString(folder.resolve("lock"), "");
        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minus(age)));
        return folder;
    }

    @Test
    void whatNobodyHoldsIsDeleted() throws IOException {
        Path left = host("host-left", Duration.ofHours(1));

        LeftFolders.deleteBeside(own, "host-l");

        assertThat(left).doesNotExist();
        assertThat(own.resolve("1.onnx")).exists();
    }

    @Test
    void whatMayBeSomebodysStays() throws IOException {
        Path young = host("host-young", Duration.ofSeconds(1));
        Path other = host("other", Duration.ofHours(1));
        Path link = Files.createSymbolicLink(parent.resolve("host-link"), other);
        Path unlocked = Files.createDirectories(parent.resolve("host-unlocked"));

        LeftFolders.deleteBeside(own, "host-");

        assertThat(young.resolve("1.onnx")).exists();
        assertThat(link.resolve("1.onnx")).exists();
        assertThat(unlocked).exists();
    }

    @Test
    void aHostOfThisProcessStays() throws IOException {
        Path folder = host("host-live", Duration.ofHours(1));
        try (ShelfFolder live = ShelfFolder.open(folder.toString())) {
            LeftFolders.deleteBeside(own, "host-l");

            assertThat(live.file("1")).exists();
        }
    }

    @Test
    void whatIsInItBesideAHostsFilesKeepsTheFolder() throws IOException {
        Path left = host("host-left", Duration.ofHours(1));
        Files.writeString(left.resolve("notes.txt"), "mine");

        LeftFolders.deleteBeside(own, "host-l");

        assertThat(left.toFile().list()).containsExactly("notes.txt");
    }
}
