package dev.foretell.router.store;

import dev.foretell.router.store.connection.StoreConfig;
import dev.foretell.router.store.embedded.EmbeddedRedis;
import dev.foretell.router.store.embedded.LoopbackRedis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A state store on one embedded server for all tests of a class, emptied before each. */
public final class OpenStore implements BeforeEachCallback, AfterAllCallback {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final Path folder;
    private final EmbeddedRedis redis;
    private final StateStore store;

    OpenStore() {
        folder = temporaryFolder();
        redis = EmbeddedRedis.start(folder, null);
        store = openAnother();
    }

    StateStore store() {
        return store;
    }

    EmbeddedRedis redis() {
        return redis;
    }

    Vertx vertx() {
        return vertx;
    }

    /** A second router's view of the same Redis. */
    StateStore openAnother() {
        return await(StateStore.open(vertx, new StoreConfig(url(redis), folder, null, "foretell", TIMEOUT)));
    }

    public static String url(EmbeddedRedis redis) {
        return "redis://:" + redis.address().password() + "@127.0.0.1:" + redis.port();
    }

    /** Does something by hand, as an operator with redis-cli would. */
    public String byHand(String command) {
        return byHand(redis, command);
    }

    public static String byHand(EmbeddedRedis redis, String command) {
        try (LoopbackRedis connection = LoopbackRedis.connect(redis.port(), TIMEOUT)) {
            connection.login(String.valueOf(redis.address().password()));
            return connection.say(command);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public static <T> T await(Future<T> future) {
        try {
            return future.await(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("foretell-store");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        byHand("FLUSHALL");
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        await(store.close());
        redis.close();
        await(vertx.close());
        delete(folder);
    }
}
