package dev.foretell.router.models.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedFolderTest {
    private final Vertx vertx = Vertx.vertx();
    private final Kept redis = new Kept();

    @TempDir
    private Path temporary;

    /** What Redis does for it. */
    private static final class Kept implements SharedFolder.Store {
        private volatile String mark = "";

        @Override
        public Future<String> mark() {
            return Future.succeededFuture(mark);
        }

        @Override
        public synchronized Future<Boolean> replace(String before, String next) {
            boolean same = mark.equals(before);
            mark = same ? next : mark;
            return Future.succeededFuture(same);
        }

        @Override
        public String place() {
            return "{foretell}:models-folder";
        }
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void oneFolderUnderTwoNamesIsShared() throws IOException {
        SharedFolder first = checked("models");
        Files.createSymbolicLink(temporary.resolve("mounted"), temporary.resolve("models"));

        SharedFolder second = checked("mounted");
        await(first.check());

        assertThat(first.trouble()).isEmpty();
        assertThat(second.trouble()).isEmpty();
        second.requireShared();
        try (Stream<Path> marks = Files.list(temporary.resolve("models"))) {
            assertThat(marks).containsExactly(temporary.resolve("models/folder." + redis.mark));
        }
    }

    @Test
    void anotherFolderSaysSoAndTakesNoUploads() {
        checked("models");

        SharedFolder other = checked("other");

        assertThat(other.trouble())
                .contains("the models folder " + temporary.resolve("other") + " is not the one")
                .contains("delete the key {foretell}:models-folder in Redis");
        assertThatThrownBy(other::requireShared)
                .isInstanceOfSatisfying(
                        ServingException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT));
    }

    @Test
    void aCopyOfTheFolderIsFoundOut() throws Exception {
        SharedFolder original = checked("models");
        assertThat(new ProcessBuilder(
                                "cp",
                                "-a",
                                temporary.resolve("models").toString(),
                                temporary.resolve("copy").toString())
                        .start()
                        .waitFor())
                .isZero();

        SharedFolder copy = checked("copy");
        await(original.check());

        assertThat(Stream.of(original, copy).filter(folder -> !folder.trouble().isEmpty()))
                .hasSize(1);
    }

    @Test
    void isSharedAgainOnceTheMarkIsGone() {
        checked("models");
        SharedFolder other = checked("other");

        redis.mark = "";
        await(other.check());

        assertThat(other.trouble()).isEmpty();
    }

    @Test
    void aRouterWithARedisOfItsOwnSharesNothing() {
        SharedFolder alone = new SharedFolder(vertx, temporary.resolve("models"), null);

        await(alone.check());

        assertThat(alone.trouble()).isEmpty();
        assertThat(temporary.resolve("models")).doesNotExist();
    }

    private SharedFolder checked(String name) {
        SharedFolder folder = new SharedFolder(vertx, temporary.resolve(name), redis);
        await(folder.check());
        return folder;
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
