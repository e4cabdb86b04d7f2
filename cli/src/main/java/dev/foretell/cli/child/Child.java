package dev.foretell.cli.child;

import dev.foretell.cli.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A router or worker in a separate JVM, which ends with this one. */
public final class Child implements AutoCloseable {
    private static final Duration MAX_START = Duration.ofSeconds(60);
    private static final Duration MAX_STOP = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final String LISTENING = "listening on ";
    private static final int LAST_WORDS = 20;
    private static final Set<String> LAUNCHERS = Set.of(
            "FORETELL_TRAINING_PRIORITY",
            "FORETELL_BUILT",
            "FORETELL_JAVA_OPTS",
            "FORETELL_LOGS",
            "FORETELL_LOG_TO",
            "FORETELL_LOG_FORMAT",
            "FORETELL_LOG_LEVEL");

    private final String name;
    private final Process jvm;
    private final Path log;

    private Child(String name, Process jvm, Path log) {
        this.name = name;
        this.jvm = jvm;
        this.log = log;
    }

    /**
     * Starts a command that prints where it listens. Settings in the environment are for others: a token there is not
     * for this process.
     *
     * @param log the file for its output
     */
    public static Child start(String name, List<String> arguments, Path log) throws IOException {
        return start(name, arguments, log, Map.of());
    }

    /** @param environment variables for this process, which {@code ps} does not show */
    public static Child start(String name, List<String> arguments, Path log, Map<String, String> environment)
            throws IOException {
        ProcessBuilder builder = Launch.of(arguments).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment()
                .keySet()
                .removeIf(variable -> variable.startsWith("FORETELL_") && !LAUNCHERS.contains(variable));
        builder.environment().putAll(environment);
        return new Child(name, builder.start(), log);
    }

    /** Waits until it listens; returns the URL without a trailing slash. */
    public String url() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + MAX_START.toNanos();
        while (System.nanoTime() < deadline) {
            try (Stream<String> lines = Files.lines(log)) {
                var url = lines.filter(line -> line.startsWith(LISTENING)).findFirst();
                if (url.isPresent()) {
                    return url.get().substring(LISTENING.length()).replaceAll("/$", "");
                }
            }
            if (jvm.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                throw CommandFailure.of("the " + name + " ended at once; its output was:\n" + lastWords());
            }
        }
        throw CommandFailure.of("the " + name + " does not start; its output was:\n" + lastWords());
    }

    public long pid() {
        return jvm.pid();
    }

    /** Completes with its exit code when it ends. */
    public CompletableFuture<Integer> onEnd() {
        return jvm.onExit().thenApply(Process::exitValue);
    }

    /** Its exit code, once it has ended. */
    public int exitCode() {
        return jvm.exitValue();
    }

    /** Ends it like {@code kill -9}. */
    public void kill() {
        jvm.destroyForcibly();
    }

    /** Asks it to end, and kills it after a while. */
    @Override
    public void close() {
        jvm.destroy();
        try {
            if (!jvm.waitFor(MAX_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    /** The end of its log. */
    public String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
    }
}
