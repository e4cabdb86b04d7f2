package dev.foretell.worker.onnx.inspect;

import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The main program of the process that looks at one model file: a line of JSON, {@code {"error": "…"}} where the file is not
 * good. It ends when its host does.
 */
final class Scratch {
    private Scratch() {}

    public static void main(String[] arguments) {
        offerToBeKilled();
        followParent();
        byte[] said = Json.write(look(Path.of(arguments[0])));
        System.out.write(said, 0, said.length);
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    static Object look(Path file) {
        try {
            ModelFile.require(file);
            return Inspection.of(file);
        } catch (ServingException e) {
            return Map.of("error", e.detail());
        }
    }

    /** Where a file takes all of the machine's memory, this process is the one to go. */
    private static void offerToBeKilled() {
        try {
            Files.writeString(Path.of("/proc/self/oom_score_adj"), "1000");
        } catch (IOException | RuntimeException e) {
            // Other systems have other ways.
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
            // Whatever it is, nobody is there any more.
        }
        Runtime.getRuntime().halt(1);
    }
}
