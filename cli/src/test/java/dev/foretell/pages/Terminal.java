package dev.foretell.pages;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One bash in a folder: its variables and its working directory last from command to command. */
final class Terminal implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 180;

    /** What a command did. */
    record Said(int exitCode, String out, String err) {}

    private final Path folder;
    private final Process bash;
    private final Writer typed;
    private final BufferedReader codes;

    Terminal(Path folder) throws IOException {
        this.folder = folder;
        ProcessBuilder builder = new ProcessBuilder("bash", "--norc").directory(folder.toFile());
        builder.environment().merge("PATH", folder.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        bash = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        typed = bash.outputWriter(StandardCharsets.UTF_8);
        codes = bash.inputReader(StandardCharsets.UTF_8);
    }

    /** @throws AssertionError if the command does not end in time */
    Said type(String command) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve(".typed"), command + "\n");
        Path out = folder.resolve(".out");
        Path err = folder.resolve(".err");
        typed.write(". " + file + " </dev/null >" + out + " 2>" + err + "; echo $?\n");
        typed.flush();
        int exitCode = Integer.parseInt(code());
        return new Said(exitCode, Files.readString(out), Files.readString(err));
    }

    private String code() throws InterruptedException {
        CompletableFuture<String> code = CompletableFuture.supplyAsync(this::line);
        try {
            return code.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new AssertionError("does not end within " + PATIENCE_SECONDS + " s", e);
        }
    }

    private String line() {
        try {
            return String.valueOf(codes.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        bash.descendants().forEach(ProcessHandle::destroyForcibly);
        bash.destroyForcibly();
    }
}
