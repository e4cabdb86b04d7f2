package dev.foretell.router.store;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.time.Duration;

/**
 * What may be left of the server of a router that was killed. It is ended before another starts, so that no two servers
 * ever write one folder. A server closes its port only after its last write, so a closed port is proof enough.
 */
final class Predecessor {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration ONE_ANSWER = Duration.ofMillis(500);

    private Predecessor() {}

    /** @throws StoreStartException if it neither answers nor ends */
    static void end(DataFolder folder, ServerConf conf) {
        if (!Files.exists(folder.path(EmbeddedRedis.PID))) {
            return; // it ended in good order
        }
        long start = System.nanoTime();
        while (mayWrite(conf)) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new StoreStartException("the Redis of an earlier router still holds the data folder " + folder
                        + " and does not answer; end process "
                        + folder.read(EmbeddedRedis.PID).orElse("").strip());
            }
        }
    }

    private static boolean mayWrite(ServerConf conf) {
        try (LoopbackRedis redis = LoopbackRedis.connect(conf.port(), ONE_ANSWER)) {
            if (!redis.login(conf.password())) {
                return false; // another program took the port, so the server has let it go
            }
            redis.say("SHUTDOWN NOSAVE");
            return true;
        } catch (ConnectException e) {
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            return true; // it hung up: it is ending
        }
    }
}
