package dev.foretell.worker.onnx.shelf;

import dev.foretell.commons.failure.ServingException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Models that recently failed to load, so that not every call tries again at once. Bounded and thread-safe. */
final class RecentFailures {
    private static final int MAX = 1_000;

    private final long nanos;
    private final LongSupplier nanoClock;
    private final Map<String, Failure> failures = new ConcurrentHashMap<>();

    private record Failure(ServingException why, long endNanos) {}

    RecentFailures(Duration kept, LongSupplier nanoClock) {
        this.nanos = kept.toNanos();
        this.nanoClock = nanoClock;
    }

    @Nullable
    ServingException of(String digest) {
        Failure failure = failures.get(digest);
        return failure == null || failure.endNanos() - nanoClock.getAsLong() <= 0 ? null : failure.why();
    }

    void add(String digest, ServingException why) {
        long now = nanoClock.getAsLong();
        failures.values().removeIf(failure -> failure.endNanos() - now <= 0);
        if (failures.size() < MAX) {
            failures.put(digest, new Failure(why, now + nanos));
        }
    }
}
