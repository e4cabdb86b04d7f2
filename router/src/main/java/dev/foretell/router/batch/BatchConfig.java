package dev.foretell.router.batch;

import dev.foretell.commons.identity.ModelKey;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The models with batches, and how long calls wait for each other.
 *
 * @param models the maximum batch size by {@code type/model}, up to 1024; models without an entry, or with 0, have no
 *     batches
 * @param window the maximum wait of a call for others, up to 1s
 * @param targetP99 the batch size adapts so that 99 of 100 batches finish within this time; absent: the size is always
 *     the maximum
 */
public record BatchConfig(
        Map<String, Integer> models,
        Duration window,
        @Nullable Duration targetP99) {
    public BatchConfig {
        if (models.values().stream().anyMatch(max -> max < 0 || max > 1024)) {
            throw new IllegalArgumentException("the sizes in models must be from 0 to 1024");
        }
        models.keySet().forEach(ModelKey::parse);
        if (window.toMillis() < 1 || window.toMillis() > 1000) {
            throw new IllegalArgumentException("window must be from 1ms to 1s");
        }
        if (targetP99 != null && targetP99.toMillis() < 1) {
            throw new IllegalArgumentException("target-p99 must be at least 1ms");
        }
        models = Map.copyOf(models);
    }

    public static BatchConfig defaults() {
        return new BatchConfig(Map.of(), Duration.ofMillis(2), null);
    }
}
