package dev.foretell.router.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the embedded server, from its start to its end, which comes with the end of this JVM at the latest: a shell
 * beside it reads a pipe that only this JVM holds open, and stops the server when the pipe ends. What the server says
 * goes to the log at DEBUG; its last lines are kept. Thread-safe.
 */
final class ServerRun {
    private static final Logger LOG = LoggerFactory.getLogger(ServerRun.class);
    private static final int LAST_LINES = 8;
    private static final long LAST_LINES_MS = 500;

    /**
     * Starts the watcher, then becomes the server, in a session of its own so that Ctrl-C does not reach it before the
     * router is done with it. A line on the pipe tells the watcher that the server has ended and its pid is not its own.
     */
    private static final String WATCHED = """
            exec 3<&0 </dev/null
            {
              trap '' HUP INT
              read -r ended <&3 && exit
              kill -TERM $$
              for tenth in 1 2 3 4 5 6 7 8 9 10; do sleep 0.1; kill -0 $$ || exit; done
              kill -KILL $$
            } >/dev/null 2>&1 &
            exec 3<&-
            command -v setsid >/dev/null && exec setsid "$@"
            exec "$@"
            """;

    private final Process server;
    private final Thread reader;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private final long startedAt = System.nanoTime();

    private ServerRun(Process server) {
        this.server = server;
        this.reader = new Thread(this::readLines, "foretell-redis-log");
    }

    static ServerRun start(ServerBinary binary, Path conf) throws IOException {
        ProcessBuilder command = new ProcessBuilder("sh", "-c", WATCHED, "sh", binary.command(), conf.toString());
        ServerRun run = new ServerRun(command.redirectErrorStream(true).start());
        run.reader.setDaemon(true);
        run.reader.start();
        run.server.onExit().thenRun(run::dismissWatcher);
        return run;
    }

    private void readLines() {
        try (BufferedReader lines = server.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                LOG.debug("{}", line);
                keep(line);
            }
        } catch (IOException e) {
            LOG.debug("The server's output ended", e);
        }
    }

    private synchronized void keep(String line) {
        lastLines.addLast(line);
        if (lastLines.size() > LAST_LINES) {
            lastLines.removeFirst();
        }
    }

    private void dismissWatcher() {
        try (OutputStream pipe = server.getOutputStream()) {
            pipe.write('\n');
        } catch (IOException e) {
            LOG.debug("The watcher is gone already", e);
        }
    }

    /** The last lines it wrote; of a server that has ended, truly the last. */
    String lastWords() throws InterruptedException {
        if (!server.isAlive()) {
            reader.join(LAST_LINES_MS);
        }
        synchronized (this) {
            return String.join("\n  ", lastLines);
        }
    }

    long pid() {
        return server.pid();
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    CompletableFuture<Process> onEnd() {
        return server.onExit();
    }

    /** Whether it ended within the time. */
    boolean awaitEnd(Duration time) throws InterruptedException {
        return server.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    void kill() {
        server.destroyForcibly();
    }
}
