package dev.foretell.router.cache;

import dev.foretell.commons.identity.ModelKey;
import java.time.Duration;
import java.util.Map;

/**
 * The models whose responses are cached by input.
 *
 * @param models by {@code type/model}; responses of other models are never cached
 */
public record CacheConfig(Map<String, PerModel> models) {
    private static final Duration MAX_TTL = Duration.ofDays(30);

    /**
     * The cache of one model.
     *
     * @param ttl how long a response stays in the cache
     * @param maxBytes maximum memory of the responses, including their keys
     */
    public record PerModel(Duration ttl, long maxBytes) {
        public PerModel {
            if (ttl.toMillis() < 1 || ttl.compareTo(MAX_TTL) > 0 || maxBytes < 1024) {
                throw new IllegalArgumentException("ttl must be from 1ms to 30d, max-bytes at least 1024");
            }
        }

        static PerModel defaults() {
            return new PerModel(Duration.ofSeconds(60), 16 * 1024 * 1024);
        }
    }

    public CacheConfig {
        models.keySet().forEach(ModelKey::parse);
        models = Map.copyOf(models);
    }

    public static CacheConfig defaults() {
        return new CacheConfig(Map.of());
    }
}
