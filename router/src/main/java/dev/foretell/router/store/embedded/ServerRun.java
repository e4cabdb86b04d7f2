package dev.foretell.router.store.embedded;

import java.io.BufferedReader;
import java.io.IOException;
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
 * One run of the embedded server. It ends with this JVM at the latest: a shell beside it reads a pipe that only this
 * JVM holds open, and stops the server when the pipe closes. The log has the server's output at DEBUG, and the last
 * lines are kept. Thread-safe.
 */
final class ServerRun {
    private static final Logger LOG = LoggerFactory.getLogger(ServerRun.class);
    private static final int LAST_LINES = 16;
    private static final long LAST_LINES_MS = 500;
    private static final String CUT_OFF = "!!! Truncating the AOF at offset";

    /** Leaves the router's session, so that Ctrl-C or a kill of the process group reaches neither process. */
    private static final String APART = "command -v setsid >/dev/null && exec setsid \"$@\"; exec \"$@\"";

    /**
     * Starts the watcher, then becomes the server. The pipe closes with the router, and also with the server. In the
     * second case another process may soon have the pid; its start time shows that (on systems with /proc).
     */
    private static final String WATCHED = """
            born() { cut -d ' ' -f 22 /proc/$$/stat; }
            alive() { kill -0 $$ && [ "$(born)" = "$birth" ]; }
            exec 3<&0 </dev/null
            {
              trap '' HUP INT TERM
              birth=$(born)
              read -r end <&3
              alive && kill -TERM $$
              for tenth in 1 2 3 4 5 6 7 8 9 10; do alive || exit; sleep 0.1; done
              alive && kill -KILL $$
            } >/dev/null 2>&1 &
            exec 3<&-
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
        ProcessBuilder command = new ProcessBuilder(
                "sh", "-c", APART, "sh", "sh", "-c", WATCHED, "sh", binary.command(), conf.toString());
        ServerRun run = new ServerRun(command.redirectErrorStream(true).start());
        run.reader.setDaemon(true);
        run.reader.start();
        return run;
    }

    private void readLines() {
        try (BufferedReader lines = server.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                LOG.debug("{}", line);
                keep(line);
                tellOfCut(line);
            }
        } catch (IOException e) {
            LOG.debug("The server's output ended", e);
        }
    }

    /** As after a power failure, or in a copy made while the server was writing. */
    private static void tellOfCut(String line) {
        if (line.contains(CUT_OFF)) {
            LOG.warn("The last write of the state was incomplete and is dropped; everything before it is kept");
        }
    }

    private synchronized void keep(String line) {
        lastLines.addLast(line);
        if (lastLines.size() > LAST_LINES) {
            lastLines.removeFirst();
        }
    }

    /** The last lines of its output; complete once the server has ended. */
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
