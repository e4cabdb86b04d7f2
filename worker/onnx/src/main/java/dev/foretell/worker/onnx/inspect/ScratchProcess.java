package dev.foretell.worker.onnx.inspect;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program of ours on one file, in a Java of its own with a folder of its own, and reads what it found. It is killed
 * when its time is over or its caller has gone, and its folder is deleted with all that it left there. Thread-safe.
 */
final class ScratchProcess {
    private static final long LONGEST_RESULT = 8 << 20;

    private final Class<?> program;
    private final Duration longest;
    private final long memoryBytes;

    ScratchProcess(Class<?> program, Duration longest, long memoryBytes) {
        this.program = program;
        this.longest = longest;
        this.memoryBytes = memoryBytes;
    }

    /** @throws ServingException {@link FailureKind#INVALID_INPUT} if it broke, or took too long */
    byte[] run(Path file) throws IOException, InterruptedException {
        try (ScratchFolder folder = new ScratchFolder()) {
            Path result = folder.path().resolve("result");
            Process process = new ScratchCommand(program, longest, memoryBytes + 3 * Files.size(file))
                    .builder(file.toAbsolutePath(), result)
                    .start();
            await(process);
            return read(process.exitValue(), result);
        }
    }

    private void await(Process process) throws InterruptedException {
        try {
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                throw refused("the model took longer than " + longest.toSeconds() + " s to be loaded and run once");
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static byte[] read(int exitCode, Path result) throws IOException {
        if (exitCode != 0 || !Files.exists(result)) {
            throw refused("the model crashed its scratch process");
        }
        if (Files.size(result) > LONGEST_RESULT) {
            throw refused("the model's description is too long");
        }
        return Files.readAllBytes(result);
    }

    private static ServingException refused(String why) {
        return new ServingException(FailureKind.INVALID_INPUT, why);
    }
}
