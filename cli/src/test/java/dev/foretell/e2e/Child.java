package dev.foretell.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A {@code foretell} command running as a process of its own, on this test's class path. */
public final class Child implements AutoCloseable {
    private static final String LISTENING = "listening on ";

    private final Process process;
    private final CompletableFuture<String> url = new CompletableFuture<>();
    private final StringBuffer output = new StringBuffer();

    private Child(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "child-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    public static Child foretell(String... arguments) {
        return started(List.of(), Map.of(), arguments);
    }

    /** The same for a user whose language, as {@code ar}, and country, as {@code EG}, are these. */
    public static Child foretellIn(String language, String country, String... arguments) {
        return started(List.of("-Duser.language=" + language, "-Duser.country=" + country), Map.of(), arguments);
    }

    /** The same with more in its environment. */
    public static Child foretell(Map<String, String> environment, String... arguments) {
        return started(List.of(), environment, arguments);
    }

    private static Child started(List<String> options, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote")); // javac has just made it: a third of a start goes into that
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.foretell.cli.Foretell"));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            return new Child(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                int at = line.indexOf(LISTENING);
                if (at >= 0) {
                    url.complete(line.substring(at + LISTENING.length()).strip().replaceAll("/$", ""));
                }
            }
        } catch (IOException e) {
            output.append(e).append('\n');
        }
        url.completeExceptionally(new IllegalStateException("ended before it listened:\n" + output));
    }

    /** Where it listens, once it does. */
    public String url() {
        try {
            return url.get(120, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(output.toString(), e);
        }
    }

    public int port() {
        return java.net.URI.create(url()).getPort();
    }

    /** The process below it that runs this program. */
    ProcessHandle descendant(String program) {
        return process.descendants()
                .filter(handle -> handle.info().command().orElse("").contains(program))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + program + " below process " + process.pid()));
    }

    public long pid() {
        return process.pid();
    }

    /** {@code kill -9}. */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    /** {@code kill}: the exit code it ends with. */
    public int terminate() {
        process.destroy();
        return await();
    }

    private int await() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("process " + process.pid() + " does not end:\n" + output);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public String output() {
        return output.toString();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }
}
