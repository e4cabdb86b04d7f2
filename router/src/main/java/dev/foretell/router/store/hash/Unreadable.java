package dev.foretell.router.store.hash;

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
 * The unreadable fields of one key in Redis, damaged by hand or written by a newer router. They stay, with one WARN per
 * field. Thread-safe.
 */
public final class Unreadable {
    private static final Logger LOG = LoggerFactory.getLogger(Unreadable.class);
    private static final int MAX_REMEMBERED = 1000;

    private final String key;
    private final Set<String> given = ConcurrentHashMap.newKeySet();
    private volatile Set<String> fields = Set.of();
    private volatile boolean isOfAnotherType;

    public Unreadable(String key) {
        this.key = key;
    }

    /** The value of the field; empty if it cannot be read. */
    public <T> Optional<T> read(String field, Callable<T> reader) {
        try {
            return Optional.of(reader.call());
        } catch (Exception e) {
            if (given.size() < MAX_REMEMBERED && given.add(field)) {
                LOG.warn(
                        "The field '{}' of {} in Redis cannot be read and stays unchanged: {}",
                        field,
                        key,
                        e.getMessage());
            }
            return Optional.empty();
        }
    }

    /**
     * Records all fields that the last full read could not read. A field that is readable again gets a new WARN if it
     * breaks again.
     */
    public void record(Set<String> now) {
        given.retainAll(now);
        fields = Set.copyOf(now);
    }

    /** Records whether the key itself could be read: somebody may have replaced it with a text or a list. */
    public void recordRead(@Nullable Throwable failure) {
        isOfAnotherType =
                failure != null && StoreFailureReason.of(failure).words().contains("WRONGTYPE");
    }

    /** The fields that the last full read could not read. */
    public Set<String> fields() {
        return fields;
    }

    /** The same for people: {@code {foretell}:map AI/fib}. */
    public List<String> names() {
        if (isOfAnotherType) {
            return List.of(key + " (of the wrong type)");
        }
        return new TreeSet<>(fields).stream().map(field -> key + " " + field).toList();
    }
}
