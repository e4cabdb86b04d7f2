package dev.foretell.router.models.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.Problem;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.models.Pieces;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {
    private static final Future<?> LEAVE = Future.succeededFuture();
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String OTHER = "0".repeat(64);

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    Path folder = Path.of("");

    @AfterEach
    void close() {
        await(vertx.close());
    }

    private ModelFolder files() {
        return new ModelFolder(vertx, folder, 10);
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertFails(FailureKind kind, Future<?> future) {
        assertThatThrownBy(() -> await(future))
                .isInstanceOfSatisfying(
                        ServingException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everyRouterFindsAFileFromWhenItHasComeInUntilItIsRemoved() throws IOException {
        ModelFolder here = files();
        ModelFolder elsewhere = files();

        ModelFiles.Arrival arrival = await(here.receive(Pieces.of(vertx, "a", "b", "c"), LEAVE));

        assertThat(arrival.digest()).isEqualTo(ABC);
        assertThat(arrival.bytes()).isEqualTo(3);
        assertThat(await(elsewhere.find(ABC)))
                .hasValueSatisfying(file -> assertThat(file).hasContent("abc"));
        assertThat(await(elsewhere.isArriving(ABC))).isTrue();
        await(arrival.keep());
        await(arrival.keep());
        await(arrival.close());
        assertThat(await(elsewhere.isArriving(ABC))).isFalse();
        assertThat(await(elsewhere.find(ABC))).contains(folder.resolve(ABC));
        await(elsewhere.remove(ABC));
        assertThat(await(here.find(ABC))).isEmpty();
        assertThat(names()).isEmpty();
    }

    @Test
    void whatIsNotKeptIsGone() throws IOException {
        ModelFiles.Arrival arrival = await(files().receive(Pieces.of(vertx, "abc"), LEAVE));

        await(arrival.close());

        assertThat(await(files().find(ABC))).isEmpty();
        assertThat(names()).isEmpty();
    }

    @Test
    void whatBreaksOffOrIsTooLongLeavesNothing() throws IOException {
        assertFails(FailureKind.MALFORMED, files().receive(Pieces.breakingOff(vertx, "abc"), LEAVE));
        assertFails(FailureKind.PAYLOAD_TOO_LARGE, files().receive(Pieces.of(vertx, "12345", "678901"), LEAVE));

        assertThat(names()).isEmpty();
    }

    @Test
    void nothingIsReadWithoutLeave() throws IOException {
        Pieces body = Pieces.of(vertx, "abc");

        assertFails(
                FailureKind.NO_WORKER,
                files().receive(body, Future.failedFuture(new ServingException(FailureKind.NO_WORKER, "none"))));

        assertThat(names()).isEmpty();
    }

    @Test
    void aFullDiskIsSaidToBeFull() {
        Throwable full = FileSink.onDisk(new IOException("No space left on device"));

        assertThat(full)
                .isInstanceOfSatisfying(
                        ServingException.class,
                        failure ->
                                assertThat(Problem.of(failure.kind()).status()).isEqualTo(507));
    }

    @Test
    void whatIsNoDigestIsNotLookedFor() {
        assertThat(await(files().find("../secret"))).isEmpty();
        assertThat(await(files().isArriving("*"))).isFalse();
        await(files().remove(".."));
    }

    @Test
    void whatKilledRoutersLeftIsSweptAfterADayOnceItWasFoundTwice() throws IOException {
        Files.createDirectories(folder.resolve("incoming"));
        place("incoming/one.part", 2);
        place("incoming/young.part", 0);
        place("incoming/" + ABC + ".two", 2);
        place("incoming/" + OTHER + ".three", 2);
        place(ABC, 0);
        place(OTHER, 0);

        ModelFolder files = files();
        await(files.sweep(OTHER::equals));
        assertThat(names()).contains("one.part", ABC);
        await(files.sweep(OTHER::equals));

        assertThat(names()).containsExactly(OTHER, "young.part");
    }

    @Test
    void aFolderThatIsNotThereNeedsNoSweeping() {
        await(files().sweep(digest -> false));
    }

    private void place(String name, int daysOld) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "x");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(daysOld))));
    }
}
