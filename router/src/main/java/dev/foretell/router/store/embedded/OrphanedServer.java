package dev.foretell.router.store.embedded;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;

/**
 * The server that a killed router may have left behind. It must end before another one starts, because two servers must
 * never write to one folder. It is stopped only by a Redis command, and only after it has proven to belong to this
 * folder. A server closes its port after its last write, so a closed port proves that it no longer writes.
 */
final class OrphanedServer {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration ONE_ANSWER = Duration.ofMillis(500);

    private OrphanedServer() {}

    /** @throws StoreStartException if it neither responds nor ends */
    static void end(DataFolder folder, ServerConf conf) {
        long start = System.nanoTime();
        for (Optional<ProcessHandle> left = find(folder, conf); left.isPresent(); left = find(folder, conf)) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new StoreStartException("the Redis of an earlier router still holds the data folder " + folder
                        + " and does not respond; end process " + left.get().pid());
            }
        }
    }

    private static Optional<ProcessHandle> find(DataFolder folder, ServerConf conf) {
        return ServerOwnership.process(folder.path()).filter(server -> mayWrite(server, folder, conf));
    }

    private static boolean mayWrite(ProcessHandle server, DataFolder folder, ServerConf conf) {
        try (LoopbackRedis redis = LoopbackRedis.connect(conf.port(), ONE_ANSWER)) {
            if (!redis.login(conf.password()) || !ServerOwnership.isOf(redis, server, folder.path())) {
                return false; // another program has taken the port, so the server has released it
            }
            redis.say("SHUTDOWN NOSAVE");
            return true;
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            return true; // it is frozen, or it hung up and is ending
        }
    }
}
