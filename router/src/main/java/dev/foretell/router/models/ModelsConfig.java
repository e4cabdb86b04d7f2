package dev.foretell.router.models;

import dev.foretell.commons.identity.Names;
import java.nio.file.Path;

/**
 * Registered models and their files: section {@code models} of the configuration.
 *
 * @param folder where the files are; routers that share their state share it too; empty for {@code models} in {@code redis.data}
 * @param maxBytes the longest file taken
 * @param replicas how many hosts hold a model where it does not say itself, 1 to 100
 * @param type the model type of an upload that names none
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

    /** Where the files are. */
    public Path folder(Path data) {
        return folder.isEmpty() ? data.resolve("models") : Path.of(folder);
    }

    /** @throws IllegalArgumentException if there cannot be so many */
    static int requireReplicas(int replicas) {
        if (replicas < 1 || replicas > 100) {
            throw new IllegalArgumentException("replicas must be between 1 and 100");
        }
        return replicas;
    }
}
