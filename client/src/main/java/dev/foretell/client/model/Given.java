package dev.foretell.client.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a response leaves out is empty. */
final class Given {
    private Given() {}

    static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    static <K, V> Map<K, V> map(@Nullable Map<K, V> map) {
        return map == null ? Map.of() : Map.copyOf(map);
    }
}
