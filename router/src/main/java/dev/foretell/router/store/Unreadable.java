package dev.foretell.router.store;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leaves out what somebody's hand has spoilt in one key of Redis, with one WARN for each field. Thread-safe. */
final class Unreadable {
    private static final Logger LOG = LoggerFactory.getLogger(Unreadable.class);
    private static final int MOST_REMEMBERED = 1000;

    private final String key;
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    Unreadable(String key) {
        this.key = key;
    }

    /** What the field holds, or nothing if that cannot be read. */
    <T> Optional<T> read(String field, Callable<T> reader) {
        try {
            return Optional.of(reader.call());
        } catch (Exception e) {
            if (said.size() < MOST_REMEMBERED && said.add(field)) {
                LOG.warn("Left out field '{}' of {} in Redis, which cannot be read: {}", field, key, e.getMessage());
            }
            return Optional.empty();
        }
    }
}
