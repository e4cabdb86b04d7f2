package dev.foretell.router;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Prometheus' own checker, where it is installed. */
final class Promtool {
    /** What it found, and whether it had nothing against it. */
    record Verdict(boolean isClean, String words) {}

    private Promtool() {}

    /** Skips the test, with a word on the console, where there is none. */
    static void assumeInstalled() {
        boolean isThere;
        try {
            isThere = run(null, "--version").isClean();
        } catch (IOException none) {
            isThere = false;
        }
        if (!isThere) {
            System.err.println("SKIPPED: promtool is not installed (Debian: apt-get install prometheus), so nobody"
                    + " checks the metrics, the alerts and the dashboard");
        }
        assumeTrue(isThere, "promtool is not installed");
    }

    static Verdict check(Path input, String... arguments) throws IOException {
        return run(input, arguments);
    }

    static Verdict check(String... arguments) throws IOException {
        return run(null, arguments);
    }

    private static Verdict run(Path input, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        if (input != null) {
            builder.redirectInput(input.toFile());
        }
        Process process = builder.start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IOException("promtool does not end");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            process.destroyForcibly();
        }
        return new Verdict(
                process.exitValue() == 0 && words.lines().noneMatch(line -> line.contains("error while")), words);
    }
}
