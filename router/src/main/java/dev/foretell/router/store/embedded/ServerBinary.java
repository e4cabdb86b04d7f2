package dev.foretell.router.store.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Redis server program, 6.2 or newer, that runs on this machine: the one that the operator names, or a shipped one.
 * It is never an arbitrary one on the {@code PATH}, because a newer server leaves files that no older one can read.
 *
 * @param command a file, or a name on the {@code PATH}
 */
record ServerBinary(String command, int major, int minor) {
    private static final Pattern VERSION = Pattern.compile("\\bv=(\\d{1,4})\\.(\\d{1,4})\\.");
    private static final long MAX_SECONDS = 10;

    /**
     * @param named by the operator; null for a shipped server
     * @throws StoreStartException with each server that was tried, and why it does not work
     */
    static ServerBinary find(@Nullable String named, Path cache) {
        return named == null
                ? ofBundle(BundledServer.forSystem(System.getProperty("os.name"), System.getProperty("os.arch")), cache)
                : ofCommand(named);
    }

    private static ServerBinary ofCommand(String command) {
        try {
            return tryOut(command);
        } catch (IOException e) {
            throw new StoreStartException("redis.server " + command + " cannot be used: " + e.getMessage(), e);
        }
    }

    static ServerBinary ofBundle(List<BundledServer> servers, Path cache) {
        List<String> tried = new ArrayList<>();
        for (BundledServer server : servers) {
            try {
                return tryOut(server.extractTo(cache).toString());
            } catch (IOException e) {
                tried.add(server + ": " + e.getMessage());
            }
        }
        throw new StoreStartException("none of the shipped Redis servers runs on this machine; install"
                + " redis-server 6.2 or newer and set redis.server: redis-server, or name a Redis with"
                + " redis.address."
                + " Tried:\n  " + String.join("\n  ", tried));
    }

    private static ServerBinary tryOut(String command) throws IOException {
        Process run = new ProcessBuilder(command, "--version")
                .redirectErrorStream(true)
                .start();
        int exitCode = exitCode(run);
        String given = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        Matcher version = VERSION.matcher(given);
        if (exitCode != 0 || !version.find()) {
            throw new IOException(given.isEmpty() ? "it prints nothing" : given);
        }
        ServerBinary binary =
                new ServerBinary(command, Integer.parseInt(version.group(1)), Integer.parseInt(version.group(2)));
        if (binary.major < 6 || (binary.major == 6 && binary.minor < 2)) {
            throw new IOException("version " + binary.major + "." + binary.minor + " is too old");
        }
        return binary;
    }

    private static int exitCode(Process run) throws IOException {
        try {
            if (run.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
                return run.exitValue();
            }
            run.destroyForcibly();
            throw new IOException("it does not end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Whether it keeps its data in several files, which older servers cannot read. */
    boolean writesManyFiles() {
        return major >= 7;
    }

    String version() {
        return major + "." + minor;
    }
}
