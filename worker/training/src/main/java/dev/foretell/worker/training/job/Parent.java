package dev.foretell.worker.training.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * The trainer behind the stdin of a task's process: each line is JSON. The process ends when its stdin does, and takes its folder with
 * it, which a trainer that was killed does not delete. Lines before {@link #listen} are lost; trainers say everything again.
 */
final class Parent {
    private static final int ORPHANED = 143;

    private final TaskFolder folder;
    private volatile Consumer<JsonNode> listener = line -> {};

    private Parent(TaskFolder folder) {
        this.folder = folder;
    }

    static Parent start(TaskFolder folder) {
        Parent parent = new Parent(folder);
        Thread thread = new Thread(parent::read, "parent");
        thread.setDaemon(true);
        thread.start();
        return parent;
    }

    /** @param listener called on the thread that reads */
    void listen(Consumer<JsonNode> listener) {
        this.listener = listener;
    }

    private void read() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                tell(line);
            }
        } catch (IOException broken) {
            // A broken stdin means that the parent is gone, too.
        }
        folder.discard();
        Runtime.getRuntime().halt(ORPHANED);
    }

    /** A line that makes no sense is one that is lost. */
    private void tell(String line) {
        try {
            listener.accept(Json.readTree(line.getBytes(StandardCharsets.UTF_8)));
        } catch (RuntimeException senseless) {
            System.out.println("a word of the trainer was not understood: " + senseless.getMessage());
        }
    }
}
