package dev.foretell.router.cache;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The key of a cached response: the model id and the data, byte for byte as the caller sent them. Immutable. */
public final class CacheKey {
    /** Longer data is not cached. */
    static final int MAX_BYTES = 64 * 1024;

    private final int generation;
    private final String modelId;
    private final byte[] data;
    private final int hash;

    private CacheKey(int generation, String modelId, byte[] data) {
        this.generation = generation;
        this.modelId = modelId;
        this.data = data;
        this.hash = 31 * (31 * generation + modelId.hashCode()) + Arrays.hashCode(data);
    }

    /** Null if the data is too long. */
    static @Nullable CacheKey of(int generation, String modelId, Buffer data) {
        return data.length() > MAX_BYTES ? null : new CacheKey(generation, modelId, data.getBytes());
    }

    int bytes() {
        return modelId.length() + data.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CacheKey key
                && hash == key.hash
                && generation == key.generation
                && modelId.equals(key.modelId)
                && Arrays.equals(data, key.data);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
