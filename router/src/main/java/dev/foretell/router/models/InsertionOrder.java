package dev.foretell.router.models;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Keeps what people have put in an order in that order: that of {@link Map#copyOf} is another after each start. */
final class InsertionOrder {
    private InsertionOrder() {}

    /** A copy that nobody changes, without nulls. */
    static <K, V> Map<K, V> copyOf(Map<K, V> map) {
        Map<K, V> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(Objects.requireNonNull(key), Objects.requireNonNull(value)));
        return Collections.unmodifiableMap(copy);
    }
}
