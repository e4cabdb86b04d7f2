package dev.foretell.worker.onnx.shelf;

import java.time.Duration;

/**
 * What a host may keep.
 *
 * @param memory of loaded models, such as 512m
 * @param data the folder of the model files; empty for one of its own, which goes when the host does
 * @param disk of model files, such as 10g
 * @param loaders models that are fetched and loaded at once
 * @param fetchTimeout the longest that fetching one file takes
 * @param failureMemory how long a model that could not be loaded is not tried again
 */
public record ShelfConfig(
        String memory, String data, String disk, int loaders, Duration fetchTimeout, Duration failureMemory) {
    public ShelfConfig {
        if (ByteSize.parse("memory", memory) < MemoryNeed.ofFile(0)) {
            throw new IllegalArgumentException(
                    "memory must be at least 512k, the least that any model needs, not '" + memory + "'");
        }
        ByteSize.parse("disk", disk);
        if (loaders < 1 || loaders > 64) {
            throw new IllegalArgumentException("loaders must be between 1 and 64");
        }
        if (fetchTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("fetch-timeout must be at least 1ms");
        }
        if (failureMemory.toDays() > 1) {
            throw new IllegalArgumentException("failure-memory must be 1d at most");
        }
    }

    public static ShelfConfig defaults() {
        return new ShelfConfig("512m", "", "10g", 2, Duration.ofMinutes(10), Duration.ofSeconds(3));
    }

    public long memoryBytes() {
        return ByteSize.parse("memory", memory);
    }

    public long diskBytes() {
        return ByteSize.parse("disk", disk);
    }
}
