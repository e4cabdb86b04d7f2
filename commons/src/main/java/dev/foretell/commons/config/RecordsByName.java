package dev.foretell.commons.config;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings of type {@code Map<String, R>}, where R is a record of settings. The static method {@code defaults()} of R
 * returns the defaults.
 */
final class RecordsByName {
    private RecordsByName() {}

    /** R, or null for all other types. */
    static @Nullable Class<? extends Record> in(Type type) {
        return type instanceof ParameterizedType generic
                        && generic.getRawType() == Map.class
                        && generic.getActualTypeArguments()[1] instanceof Class<?> value
                        && value.isRecord()
                ? value.asSubclass(Record.class)
                : null;
    }

    static Record defaultsOf(Class<? extends Record> type) {
        try {
            Method defaults = type.getDeclaredMethod("defaults");
            defaults.setAccessible(true);
            return type.cast(defaults.invoke(null));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " must have a static defaults()", e);
        }
    }
}
