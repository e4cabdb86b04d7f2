package dev.foretell.cli.router;

import dev.foretell.cli.child.Launch;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trainer that a router starts when the first task waits, so that a router that trains nothing has none. It ends with the
 * router, however that ends; one that ended by itself is started again when tasks wait. Thread-safe.
 */
final class OwnTrainer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OwnTrainer.class);
    private static final Duration BETWEEN_STARTS = Duration.ofSeconds(10);
    private static final Duration MAX_STOP = Duration.ofSeconds(5);

    /** An end by itself, by Ctrl-C, and by SIGTERM. */
    private static final Set<Integer> WANTED_ENDS = Set.of(0, 130, 143);

    private final String router;
    private final String token;
    private final String sparkHome;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread starter = new Thread(task, "own-trainer");
        starter.setDaemon(true);
        return starter;
    });
    private @Nullable Process trainer;
    private long startedNanos = System.nanoTime() - BETWEEN_STARTS.toNanos();
    private boolean isClosed;

    /**
     * @param token that the router wants; empty for none
     * @param sparkHome folder of Spark's distribution; empty for none
     */
    OwnTrainer(String router, String token, String sparkHome) {
        this.router = router;
        this.token = token;
        this.sparkHome = sparkHome;
    }

    /** Tasks wait: returns at once. */
    void need() {
        thread.execute(this::startUnlessThere);
    }

    private synchronized void startUnlessThere() {
        boolean isThere = trainer != null && trainer.isAlive();
        if (isClosed || isThere || System.nanoTime() - startedNanos < BETWEEN_STARTS.toNanos()) {
            return;
        }
        startedNanos = System.nanoTime();
        try {
            trainer = start();
            trainer.onExit().thenAcceptAsync(this::report, thread);
            LOG.info(
                    "Tasks wait: trainer started, pid {} (tasks.trainer=false has the router start none)",
                    trainer.pid());
        } catch (IOException e) {
            LOG.warn("The trainer of this router cannot be started: {}", e.getMessage());
        }
    }

    /** The trainer itself has said why. */
    private synchronized void report(Process ended) {
        if (!isClosed && !WANTED_ENDS.contains(ended.exitValue())) {
            LOG.warn(
                    "The trainer of this router has ended with exit code {}; another one starts when tasks wait",
                    ended.exitValue());
        }
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>(List.of("trainer", "--router", router, "--exit-with-parent"));
        if (!sparkHome.isBlank()) {
            command.addAll(List.of("--spark-home", sparkHome));
        }
        ProcessBuilder builder =
                Launch.of(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.INHERIT);
        // Where the router's logs are files, the trainer's are beside them: two that rotate the same files would lose
        // lines.
        builder.environment().merge("FORETELL_LOGS", "logs/trainer", (router, none) -> router + "/trainer");
        if (!token.isEmpty()) {
            builder.environment().remove("FORETELL_TOKEN_FILE");
            builder.environment().put("FORETELL_TOKEN", token);
        }
        return builder.start();
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        thread.shutdown();
        Process running = trainer;
        if (running == null) {
            return;
        }
        running.destroy();
        try {
            if (!running.waitFor(MAX_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                running.destroyForcibly();
            }
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
