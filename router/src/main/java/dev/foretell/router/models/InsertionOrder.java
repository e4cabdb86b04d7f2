package dev.foretell.router.models;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Copies maps and keeps the order that people chose; {@link Map#copyOf} has another order after each start. */
final class InsertionOrder {
    private InsertionOrder() {}

    /** An immutable copy without nulls. */
    static <K, V> Map<K, V> copyOf(Map<K, V> map) {
        Map<K, V> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(Objects.requireNonNull(key), Objects.requireNonNull(value)));
        return Collections.unmodifiableMap(copy);
    }
}
