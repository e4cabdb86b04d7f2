package dev.foretell.router.store;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;

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
        long start = System.nanoTime();
        while (mayWrite(folder, conf)) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new StoreStartException("the Redis of an earlier router still holds the data folder " + folder
                        + " and does not answer; end process "
                        + folder.read(EmbeddedRedis.PID).orElse("").strip());
            }
        }
    }

    private static boolean mayWrite(DataFolder folder, ServerConf conf) {
        if (pid(folder).filter(ProcessHandle::isAlive).isEmpty()) {
            return false;
        }
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

    /** The server of the pid file, which it removes when it ends in good order; another may bear its pid by now. */
    private static Optional<ProcessHandle> pid(DataFolder folder) {
        return folder.read(EmbeddedRedis.PID)
                .map(String::strip)
                .filter(pid -> pid.matches("\\d{1,10}"))
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)));
    }
}
