package dev.foretell.worker.onnx.shelf;

import java.time.Duration;

/**
 * The bounds of a host's shelf.
 *
 * @param memory memory for loaded models, such as 512m
 * @param data the folder of the model files; empty for a temporary one
 * @param disk maximum size of the model files, such as 10g
 * @param loaders models that are fetched and loaded at the same time
 * @param fetchTimeout maximum time to fetch one file
 * @param failureMemory time before a failed load is tried again
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
