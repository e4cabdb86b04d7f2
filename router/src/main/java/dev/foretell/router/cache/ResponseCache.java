package dev.foretell.router.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers of one model by their input, for so long and in so much memory; the least used leave first. Thread-safe. Keys are
 * made for the time between two times of emptying it: an answer to a call from before cannot come in after.
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

    /** What the input's answer is kept by as of now; null where it is too long to be kept. */
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

    /** How many answers are kept, those included that have just become too old. */
    long size() {
        answers.cleanUp();
        return answers.estimatedSize();
    }
}
