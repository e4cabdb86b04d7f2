package dev.foretell.worker.onnx.shelf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.failure.ServingException;
import dev.foretell.worker.onnx.BlobServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Model files in a bounded folder. */
class FileShelfTest {
    @TempDir
    Path folder;

    private final BlobServer pool = new BlobServer();
    private final String one = pool.add(content("1"));
    private final String two = pool.add(content("2"));
    private final String three = pool.add(content("3"));

    @AfterEach
    void stop() {
        pool.close();
    }

    private static byte[] content(String digit) {
        return digit.repeat(100).getBytes(StandardCharsets.UTF_8);
    }

    private FileShelf shelf(long bound) {
        return new FileShelf(
                ShelfFolder.open(folder.toString()), new RouterBlobs(pool.url(), "", Duration.ofMinutes(10)), bound);
    }

    private static void use(FileShelf shelf, String digest) throws Exception {
        try (FileShelf.Held file = shelf.hold(digest)) {
            assertThat(FileDigest.of(file.path())).isEqualTo(digest);
        }
    }

    private List<String> kept() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".onnx"))
                    .map(name -> name.substring(0, 64))
                    .toList();
        }
    }

    @Test
    void theOneNotUsedForLongestMakesRoom() throws Exception {
        try (FileShelf shelf = shelf(250)) {
            use(shelf, one);
            use(shelf, two);
            use(shelf, one);
            use(shelf, three);

            assertThat(kept()).containsExactlyInAnyOrder(one, three);
        }
    }

    @Test
    void neverOneInUse() throws Exception {
        try (FileShelf shelf = shelf(250);
                FileShelf.Held first = shelf.hold(one)) {
            use(shelf, two);
            use(shelf, three);

            assertThat(Files.exists(first.path())).isTrue();
            assertThat(kept()).containsExactlyInAnyOrder(one, three);
            try (FileShelf.Held third = shelf.hold(three)) {
                assertThat(third.path()).exists();
                assertThatThrownBy(() -> shelf.hold(two))
                        .isInstanceOf(ServingException.class)
                        .hasMessageContaining("the host's folder holds");
            }
            use(shelf, two);
        }
    }

    @Test
    void theNextHostTakesOverWhatIsWhole() throws Exception {
        try (FileShelf shelf = shelf(1000)) {
            use(shelf, one);
            use(shelf, two);
        }
        Files.writeString(folder.resolve(two + ".onnx"), "half");
        Files.writeString(folder.resolve("x.part"), "half");

        try (FileShelf shelf = shelf(1000)) {
            use(shelf, one);
            use(shelf, two);

            assertThat(pool.fetched()).isEqualTo(3);
            assertThat(folder.resolve("x.part")).doesNotExist();
        }
        try (FileShelf shelf = shelf(150)) {
            assertThat(kept()).hasSize(1);
            use(shelf, three);
            assertThat(kept()).containsExactly(three);
        }
    }

    @Test
    void oneHostAtATime() {
        try (FileShelf shelf = shelf(1000)) {
            assertThatThrownBy(() -> shelf(1000))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("another host uses the folder");
        }
    }

    @Test
    void aFolderOfItsOwnGoesInTheEnd() throws Exception {
        Path own;
        try (FileShelf shelf = new FileShelf(
                        ShelfFolder.open(""), new RouterBlobs(pool.url(), "", Duration.ofMinutes(10)), 1000);
                FileShelf.Held file = shelf.hold(one)) {
            own = file.path().getParent();
        }

        assertThat(own).doesNotExist();
    }

    @Test
    void whatBreaksLeavesNothing() throws Exception {
        pool.addAs(BlobServer.digest(content("4")), content("5"));
        try (FileShelf shelf = shelf(150)) {
            assertThatThrownBy(() -> shelf.hold(BlobServer.digest(content("4"))))
                    .hasMessageContaining("another digest");
            assertThatThrownBy(() -> shelf.hold("0".repeat(64))).hasMessageContaining("no such model file");

            use(shelf, one);
            assertThat(folder.toFile().list()).containsExactlyInAnyOrder("lock", one + ".onnx");
        }
    }
}
