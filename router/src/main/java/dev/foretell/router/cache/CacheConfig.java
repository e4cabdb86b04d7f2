package dev.foretell.router.cache;

import dev.foretell.commons.identity.ModelKey;
import java.time.Duration;
import java.util.Map;

/**
 * Which models' answers are kept, to be given again to the same input.
 *
 * @param models by {@code type/model}; the answers of models that are not named are never kept
 */
public record CacheConfig(Map<String, PerModel> models) {
    private static final Duration MAX_TTL = Duration.ofDays(30);

    /**
     * How one model's answers are kept.
     *
     * @param ttl how long
     * @param maxBytes most memory that they may take, keys included
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
