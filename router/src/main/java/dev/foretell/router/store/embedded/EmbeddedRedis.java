package dev.foretell.router.store.embedded;

import dev.foretell.router.store.connection.RedisAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The router's own Redis: a real server on loopback with its data in a folder that no second router can open. It ends
 * with the router, however the router ends. If it ends earlier, it is restarted with the same data, port and password.
 * Blocking; thread-safe.
 */
public final class EmbeddedRedis implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRedis.class);
    private static final int MAX_PORTS = 5;
    private static final Duration MIN_PAUSE = Duration.ofMillis(200);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(5);
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Duration ONE_ANSWER = Duration.ofSeconds(1);

    private final DataFolder folder;
    private final ServerBinary binary;
    private final ServerConf conf;
    private final ScheduledExecutorService restarts = Executors.newSingleThreadScheduledExecutor(EmbeddedRedis::thread);

    /** The latest run, the pause before the next one, and whether there will be one; guarded by this. */
    private ServerRun run;

    private Duration pause = MIN_PAUSE;
    private boolean closed;

    private EmbeddedRedis(DataFolder folder, ServerBinary binary, ServerConf conf, ServerRun run) {
        this.folder = folder;
        this.binary = binary;
        this.conf = conf;
        this.run = run;
    }

    /**
     * Opens the folder and starts the server.
     *
     * @param server a file, or a name on the {@code PATH}; null for a shipped server
     * @throws StoreStartException if the folder cannot be used, another router holds it, or no server runs here
     */
    public static EmbeddedRedis start(Path where, @Nullable String server) {
        DataFolder folder = DataFolder.open(where);
        try {
            ServerBinary binary = ServerBinary.find(server, folder.path("bin"));
            StoredFiles.requireReadable(folder, binary);
            return start(folder, binary, conf(folder), MAX_PORTS);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /**
     * Uses the port and the password of the last run in this folder, unless it is a copy: two folders share neither.
     */
    private static ServerConf conf(DataFolder folder) {
        Optional<ServerConf> last = folder.read(DataFolder.CONF).flatMap(ServerConf::parse);
        last.ifPresent(conf -> OrphanedServer.end(folder, conf));
        return folder.identify() ? last.orElseGet(EmbeddedRedis::newConf) : newConf();
    }

    private static ServerConf newConf() {
        return new ServerConf(freePort(), ServerConf.newPassword());
    }

    private static EmbeddedRedis start(DataFolder folder, ServerBinary binary, ServerConf conf, int tries) {
        try {
            ServerRun run = ServerStart.start(binary, conf, folder);
            LOG.info(
                    "Embedded Redis {}.{} on 127.0.0.1:{}, data in {}",
                    binary.major(),
                    binary.minor(),
                    conf.port(),
                    folder);
            EmbeddedRedis redis = new EmbeddedRedis(folder, binary, conf, run);
            redis.watch(run);
            return redis;
        } catch (ServerStart.PortTakenException e) {
            if (tries > 1) {
                return start(folder, binary, new ServerConf(freePort(), conf.password()), tries - 1);
            }
            throw StoredFiles.explain(folder, binary, e);
        } catch (IOException e) {
            throw StoredFiles.explain(folder, binary, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreStartException("interrupted", e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StoreStartException("no free port on 127.0.0.1", e);
        }
    }

    public int port() {
        return conf.port();
    }

    public RedisAddress address() {
        return RedisAddress.ofEmbedded(conf.port(), conf.password());
    }

    public synchronized long pid() {
        return run.pid();
    }

    private void watch(ServerRun watched) {
        watched.onEnd().thenAccept(server -> onExit(watched, server.exitValue()));
    }

    private synchronized void onExit(ServerRun ended, int exitValue) {
        if (closed) {
            return;
        }
        pause = ended.age().compareTo(MAX_PAUSE) > 0 ? MIN_PAUSE : pause;
        LOG.warn(
                "The embedded Redis ended with status {}; the router restarts it in" + " {} ms",
                exitValue,
                pause.toMillis());
        restartAfterPause();
    }

    private synchronized void restartAfterPause() {
        if (!closed) {
            restarts.schedule(this::restart, pause.toMillis(), TimeUnit.MILLISECONDS);
            pause = pause.multipliedBy(2).compareTo(MAX_PAUSE) < 0 ? pause.multipliedBy(2) : MAX_PAUSE;
        }
    }

    private void restart() {
        try {
            adopt(ServerStart.start(binary, conf, folder));
        } catch (IOException | StoreStartException e) {
            LOG.warn("The embedded Redis could not be restarted: {}", e.getMessage());
            restartAfterPause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void adopt(ServerRun next) {
        run = next;
        LOG.info("The embedded Redis runs again on 127.0.0.1:{}", conf.port());
        watch(next);
    }

    /** Stops the server after it has written its data, and releases the folder. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            restarts.shutdownNow();
            if (!restarts.awaitTermination(GRACE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("The embedded Redis was still starting");
            }
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            folder.close();
        }
    }

    private synchronized void stop() throws InterruptedException {
        try (LoopbackRedis redis = LoopbackRedis.connect(conf.port(), ONE_ANSWER)) {
            if (redis.login(conf.password()) && redis.processId() == run.pid()) {
                redis.say("SHUTDOWN NOSAVE");
            }
        } catch (IOException e) {
            LOG.debug("The embedded Redis could not be told to stop", e);
        }
        if (!run.awaitEnd(GRACE)) {
            LOG.warn("The embedded Redis does not stop; the router kills it");
            run.kill();
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "foretell-redis");
        thread.setDaemon(true);
        return thread;
    }
}
