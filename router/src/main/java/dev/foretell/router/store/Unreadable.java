package dev.foretell.router.store;

import dev.foretell.router.store.connection.StoreFailureReason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What cannot be read in one key of Redis, since somebody's hand has spoilt it or a newer router wrote it: it stays where it
 * is, with one WARN for each field. Thread-safe.
 */
final class Unreadable {
    private static final Logger LOG = LoggerFactory.getLogger(Unreadable.class);
    private static final int MAX_REMEMBERED = 1000;

    private final String key;
    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private volatile Set<String> fields = Set.of();
    private volatile boolean isOfAnotherType;

    Unreadable(String key) {
        this.key = key;
    }

    /** What the field holds, or nothing if that cannot be read. */
    <T> Optional<T> read(String field, Callable<T> reader) {
        try {
            return Optional.of(reader.call());
        } catch (Exception e) {
            if (said.size() < MAX_REMEMBERED && said.add(field)) {
                LOG.warn(
                        "Field '{}' of {} in Redis cannot be read, and is left as it is: {}",
                        field,
                        key,
                        e.getMessage());
            }
            return Optional.empty();
        }
    }

    /** Takes note of all fields that could not be read when all were read last; what can be read again is said anew if not. */
    void record(Set<String> now) {
        said.retainAll(now);
        fields = Set.copyOf(now);
    }

    /** Takes note of whether the key could be read at all: somebody's hand may have made it a text, or a list. */
    void recordRead(@Nullable Throwable failure) {
        isOfAnotherType =
                failure != null && StoreFailureReason.of(failure).words().contains("WRONGTYPE");
    }

    /** The fields that could not be read when all were read last. */
    Set<String> fields() {
        return fields;
    }

    /** The same for people: {@code {foretell}:map AI/fib}. */
    List<String> names() {
        if (isOfAnotherType) {
            return List.of(key + " (of the wrong type)");
        }
        return new TreeSet<>(fields).stream().map(field -> key + " " + field).toList();
    }
}
