package dev.foretell.pages;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of a page that goes on: a router, a worker, a host, a trainer, or experts with their router. */
final class Server implements AutoCloseable {
    private static final Pattern COMMAND = Pattern.compile(
            "(?:\\./)?foretell (router(?! start| stop| status)|worker|host|trainer|experts(?= \\d)).*", Pattern.DOTALL);
    private static final Pattern BACKGROUND = Pattern.compile("(?:\\./)?foretell router start\\b.*");
    private static final Pattern READY = Pattern.compile("listening on \\S*:(\\d+)/?|trainer \\S+ takes tasks .*");
    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final StringBuffer output = new StringBuffer();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    private Server(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "server-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    static boolean isServer(String command) {
        return COMMAND.matcher(command).matches();
    }

    /** Whether others find it at the port that a page knows, 8000. */
    static boolean isRouter(String command) {
        Matcher server = COMMAND.matcher(command);
        return server.matches()
                && (server.group(1).equals("router") || server.group(1).equals("experts"));
    }

    /** Whether it starts a router that goes on by itself. */
    static boolean isBackground(String command) {
        return BACKGROUND.matcher(command).matches();
    }

    /** Where a router in the background listens, by what its start has printed. */
    static int port(String printed) {
        Matcher ready = READY.matcher(printed);
        return ready.find() ? Integer.parseInt(ready.group(1)) : 0;
    }

    static Server start(Path folder, String command) throws IOException {
        return new Server(new ProcessBuilder("bash", "-c", "exec " + command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start());
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                Matcher ready = READY.matcher(line);
                if (ready.find()) {
                    port.complete(ready.group(1) == null ? 0 : Integer.parseInt(ready.group(1)));
                }
            }
        } catch (IOException e) {
            output.append(e).append('\n');
        }
        port.completeExceptionally(new IllegalStateException("ended before it was ready"));
    }

    /** Where it listens, once it does; 0 if it does not need to. */
    int port() {
        try {
            return port.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("does not start:\n" + output, e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }
}
