package dev.foretell.worker.onnx.inspect;

import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.worker.onnx.model.NoMemoryException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The main program of the process that inspects one model file, with a sample if there is one. It prints lines of JSON:
 * {@code {"stage": "…"}} before each step, then the result, or {@code {"error": "…"}} for an invalid file, with {@code
 * "noMemory": true} if a larger host may take it. It ends when its host does.
 */
final class Scratch {
    static final String STAGE = "stage";
    static final String NO_MEMORY = "noMemory";

    private Scratch() {}

    public static void main(String[] arguments) {
        offerToBeKilled();
        followParent();
        Path sample = arguments.length > 1 ? Path.of(arguments[1]) : null;
        say(look(Path.of(arguments[0]), sample, LargeNumbers.defaults(), stage -> say(Map.of(STAGE, stage))));
        Runtime.getRuntime().halt(0);
    }

    private static void say(Object found) {
        byte[] given = Json.write(found);
        System.out.write(given, 0, given.length);
        System.out.write('\n');
        System.out.flush();
    }

    static Object look(Path file, @Nullable Path sample, LargeNumbers numbers, Consumer<String> stage) {
        try {
            stage.accept("it was read");
            ModelFile.require(file);
            return Inspection.of(file, sample == null ? null : Files.readAllBytes(sample), numbers, stage);
        } catch (NoMemoryException e) {
            return Map.of("error", e.detail(), NO_MEMORY, true);
        } catch (ServingException e) {
            return Map.of("error", e.detail());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** If a file takes all memory of the machine, the kernel should kill this process first. */
    private static void offerToBeKilled() {
        try {
            Files.writeString(Path.of("/proc/self/oom_score_adj"), "1000");
        } catch (IOException | RuntimeException e) {
            // Other systems have no such file.
        }
    }

    private static void followParent() {
        Thread follower = new Thread(Scratch::awaitEnd, "follow-parent");
        follower.setDaemon(true);
        follower.start();
    }

    private static void awaitEnd() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // Nobody reads the output any more.
        }
        Runtime.getRuntime().halt(1);
    }
}
