package dev.foretell.worker.onnx.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The process that inspects a model file: this Java with these classes and little memory. */
final class ScratchProcess {
    private static final int MAX_SAID = 4 << 20;
    /** The exit code of a process that the system kills, for example if the machine has no memory left. */
    private static final int KILLED = 128 + 9;
    /** The exit code of a Java that failed to start. */
    private static final int NO_JAVA = 1;

    private static final List<String> FLAGS = List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=32m",
            "-XX:CompressedClassSpaceSize=32m",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:+SuppressFatalErrorMessage");

    private ScratchProcess() {}

    /**
     * The process's result for a file. This thread waits for it, and kills the process at the timeout or when this
     * thread is interrupted.
     *
     * @param sample a body that the model must take; null without one
     * @param room bytes that it may take, if that is more than a model of that length needs
     * @throws ServingException {@link FailureKind#INVALID_INPUT} with the fault of the file, {@link
     *     FailureKind#PAYLOAD_TOO_LARGE} if it needs more memory than is available
     */
    static JsonNode look(Path file, @Nullable JsonNode sample, Duration timeout, long room)
            throws IOException, InterruptedException {
        return look(file, sample, timeout, room, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** Uses a new folder within that one, because the runtime unpacks its native libraries and leaves them. */
    static JsonNode look(Path file, @Nullable JsonNode sample, Duration timeout, long room, Path temporary)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(temporary, "foretell-scratch-");
        try {
            List<String> command = command(folder, Scratch.class.getName(), file.toString());
            if (sample != null) {
                command.add(Files.write(folder.resolve("sample.json"), Json.write(sample))
                        .toString());
            }
            return look(ScratchBounds.memory(command, Files.size(file), room), timeout);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    static List<String> command(Path temporary, String main, String argument) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.add("-Djava.io.tmpdir=" + temporary);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main, argument));
        return command;
    }

    static JsonNode look(List<String> command, Duration timeout) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        ScratchBounds.environment(builder.environment());
        Process process = builder.start();
        try {
            FutureTask<byte[]> given = new FutureTask<>(() -> readOutput(process));
            new Thread(given, "foretell-inspector-output").start();
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw bad("the model took longer than " + timeout.toSeconds() + " s"
                        + ScratchWords.of(given.get()).stage());
            }
            return result(process.exitValue(), given.get());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly().onExit().join();
        }
    }

    private static byte[] readOutput(Process process) {
        try (InputStream out = process.getInputStream()) {
            return out.readNBytes(MAX_SAID);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private static JsonNode result(int exit, byte[] given) {
        ScratchWords words = ScratchWords.of(given);
        JsonNode result = words.result();
        if (exit == KILLED || (exit == NO_JAVA && words.isNothing())) {
            throw TooSmallHost.ofMachine(words.stage());
        }
        if (exit != 0 || result == null || given.length == MAX_SAID) {
            throw bad("the model crashed its scratch process" + words.stage());
        }
        if (result.has("error")) {
            String error = result.path("error").asText();
            throw result.path(Scratch.NO_MEMORY).asBoolean() ? TooSmallHost.ofMemory(error) : bad(error);
        }
        return result;
    }

    private static ServingException bad(String what) {
        return new ServingException(FailureKind.INVALID_INPUT, what);
    }
}
