package dev.foretell.commons.config;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The components of a record of settings: their keys and values. */
final class RecordComponents {
    private RecordComponents() {}

    /** The name of a component in kebab-case. */
    static String key(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    static boolean isInline(RecordComponent component) {
        return component.isAnnotationPresent(Inline.class);
    }

    /** The key prefix of a record that is a component of a record with the given prefix. */
    static String section(String prefix, RecordComponent component) {
        return isInline(component) ? prefix : prefix + key(component) + ".";
    }

    static @Nullable Object read(RecordComponent component, Record record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every setting with its value, flat: {@code http.port} to {@code 8000}. */
    static Map<String, String> describe(Record config) {
        Map<String, String> flat = new LinkedHashMap<>();
        describe("", config, flat);
        return flat;
    }

    private static void describe(String prefix, Record config, Map<String, String> into) {
        for (RecordComponent component : config.getClass().getRecordComponents()) {
            Object value = read(component, config);
            if (value instanceof Record record) {
                describe(section(prefix, component), record, into);
            } else {
                into.put(prefix + key(component), SettingValue.text(value));
            }
        }
    }
}
