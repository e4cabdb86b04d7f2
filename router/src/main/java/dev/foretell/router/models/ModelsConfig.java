package dev.foretell.router.models;

import dev.foretell.commons.identity.Names;
import java.nio.file.Path;

/**
 * Registered models and their files: the section {@code models} of the configuration.
 *
 * @param folder the folder of the files; routers that share their state share it too; empty for {@code models} in
 *     {@code redis.data}
 * @param maxBytes the maximum length of a file
 * @param replicas the default number of hosts per model, 1 to 100
 * @param type the model type of an upload without a type
 */
public record ModelsConfig(String folder, long maxBytes, int replicas, String type) {
    public ModelsConfig {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("max-bytes must be at least 1");
        }
        requireReplicas(replicas);
        Names.require("type", type);
    }

    public static ModelsConfig defaults() {
        return new ModelsConfig("", 1L << 30, 2, "AI");
    }

    /** The folder of the files. */
    public Path folder(Path data) {
        return folder.isEmpty() ? data.resolve("models") : Path.of(folder);
    }

    /** @throws IllegalArgumentException if the number is out of range */
    static int requireReplicas(int replicas) {
        if (replicas < 1 || replicas > 100) {
            throw new IllegalArgumentException("replicas must be between 1 and 100");
        }
        return replicas;
    }
}
