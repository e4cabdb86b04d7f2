package dev.foretell.worker.onnx.shelf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.worker.onnx.BlobServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Model files from several routers. */
class SharedBlobsTest {
    @TempDir
    private Path folder;

    private final BlobServer first = new BlobServer();
    private final BlobServer second = new BlobServer();
    private final String digest = second.add(new byte[] {1, 2, 3});
    private final BlobSource routers = SharedBlobs.of(List.of(first.url(), second.url()), "", Duration.ofMinutes(10));
    private final List<Long> room = new ArrayList<>();

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    @Test
    void aFileThatOneDoesNotHaveComesFromAnotherWhichIsAskedFirstFromThenOn() throws IOException {
        routers.fetch(digest, folder.resolve("a"), room::add);
        routers.fetch(digest, folder.resolve("b"), room::add);

        assertThat(Files.readAllBytes(folder.resolve("b"))).containsExactly(1, 2, 3);
        assertThat(first.fetched()).isEqualTo(1);
        assertThat(second.fetched()).isEqualTo(2);
    }

    @Test
    void aRouterThatIsGoneIsPassedOver() throws IOException {
        first.close();

        routers.fetch(digest, folder.resolve("a"), room::add);

        assertThat(folder.resolve("a")).exists();
        assertThat(room).containsExactly(3L);
    }

    @Test
    void whileOneCannotBeAskedItIsNotSaidThatThereIsNoFile() {
        first.close();

        assertThatThrownBy(() -> routers.fetch(BlobServer.digest(new byte[0]), folder.resolve("a"), room::add))
                .isInstanceOfSatisfying(
                        ServingException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(FailureKind.WORKERS_BUSY));
    }

    @Test
    void whatNoneHasIsNotThere() {
        assertThatThrownBy(() -> routers.fetch(BlobServer.digest(new byte[0]), folder.resolve("a"), room::add))
                .hasMessageContaining("has no such model file");
    }

    @Test
    void aFileThereIsNoRoomForIsNotAskedForElsewhere() {
        first.addAs(digest, new byte[] {1, 2, 3});

        assertThatThrownBy(() -> routers.fetch(digest, folder.resolve("a"), bytes -> {
                    throw new ServingException(FailureKind.WORKERS_BUSY, "full");
                }))
                .hasMessageContaining("full");

        assertThat(second.fetched()).isZero();
    }
}
