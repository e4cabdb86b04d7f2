package dev.foretell.router.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Redis server program that runs on this machine, 6.2 or newer: found on the {@code PATH}, else among those that come
 * with the router.
 *
 * @param command a file, or a name on the {@code PATH}
 */
record ServerBinary(String command, int major, int minor) {
    private static final List<String> ON_PATH = List.of("redis-server", "valkey-server");
    private static final Pattern VERSION = Pattern.compile("\\bv=(\\d{1,4})\\.(\\d{1,4})\\.");
    private static final long MOST_SECONDS = 10;

    /** @throws StoreStartException naming each that was tried, and why it will not do */
    static ServerBinary find(Path cache) {
        return find(
                ON_PATH, BundledServer.forSystem(System.getProperty("os.name"), System.getProperty("os.arch")), cache);
    }

    static ServerBinary find(List<String> commands, List<BundledServer> bundled, Path cache) {
        List<String> tried = new ArrayList<>();
        for (String command : commands) {
            try {
                return tryOut(command);
            } catch (IOException e) {
                tried.add(command + " on the PATH: " + e.getMessage());
            }
        }
        for (BundledServer server : bundled) {
            try {
                return tryOut(server.extractTo(cache).toString());
            } catch (IOException e) {
                tried.add(server + ": " + e.getMessage());
            }
        }
        throw new StoreStartException("no Redis server runs on this machine; install redis-server 6.2 or newer, or name"
                + " a Redis with redis.address. Tried:\n  " + String.join("\n  ", tried));
    }

    private static ServerBinary tryOut(String command) throws IOException {
        Process run = new ProcessBuilder(command, "--version")
                .redirectErrorStream(true)
                .start();
        int exitCode = exitCode(run);
        String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        Matcher version = VERSION.matcher(said);
        if (exitCode != 0 || !version.find()) {
            throw new IOException(said.isEmpty() ? "it says nothing" : said);
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
            if (run.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                return run.exitValue();
            }
            run.destroyForcibly();
            throw new IOException("it does not end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Whether it keeps its data in several files, which older servers do not read. */
    boolean writesManyFiles() {
        return major >= 7;
    }
}
