package dev.foretell.router.store;

import dev.foretell.router.store.embedded.EmbeddedRedis;
import dev.foretell.router.store.embedded.StoreStartException;
import java.nio.file.Path;

/** A router of which nothing but the embedded server is left, for tests that kill it. */
final class RouterInOwnJvm {
    private RouterInOwnJvm() {}

    /** Says its server's pid, port and password, then lives until it is killed. */
    public static void main(String[] arguments) throws InterruptedException {
        try (EmbeddedRedis redis = EmbeddedRedis.start(Path.of(arguments[0]), null)) {
            System.out.println("up " + redis.pid());
            Thread.currentThread().join();
        } catch (StoreStartException e) {
            System.out.println(e.getMessage());
        }
    }
}
