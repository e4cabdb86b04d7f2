package dev.foretell.router.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The cached responses of one model by their input, bounded by age and memory; the least used entries are evicted
 * first. Thread-safe. A key belongs to one generation, which ends when the cache is cleared. So the response to a call
 * from before the clearing cannot enter the cache after it.
 */
public final class ResponseCache {
    private final Cache<CacheKey, CachedResponse> answers;
    private final AtomicInteger generation = new AtomicInteger();

    public ResponseCache(Duration ttl, long maxBytes, LongSupplier nanoClock) {
        this.answers = Caffeine.newBuilder()
                .expireAfterWrite(ttl)
                .maximumWeight(maxBytes)
                .weigher((CacheKey key, CachedResponse answer) -> key.bytes() + answer.bytes())
                .ticker(nanoClock::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /** The key of this input in the current generation; null if the input is too long to be cached. */
    public @Nullable CacheKey key(String modelId, Buffer data) {
        return CacheKey.of(generation.get(), modelId, data);
    }

    public @Nullable CachedResponse find(CacheKey key) {
        return answers.getIfPresent(key);
    }

    public void keep(CacheKey key, CachedResponse answer) {
        answers.put(key, answer);
    }

    public void clear() {
        generation.incrementAndGet();
        answers.invalidateAll();
    }

    /** The number of cached responses, including those that have just expired. */
    long size() {
        answers.cleanUp();
        return answers.estimatedSize();
    }
}
