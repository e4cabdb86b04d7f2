package dev.foretell.commons.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.identity.NearestNames;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Builds a record from a tree of settings and a record of defaults. It collects every problem with its key. */
final class RecordBinder {
    private final List<String> problems;

    RecordBinder(List<String> problems) {
        this.problems = problems;
    }

    <T extends Record> T bind(String prefix, JsonNode tree, T defaults) {
        reportUnknownKeys(prefix, tree, defaults);
        return bindKnown(prefix, tree, defaults);
    }

    private <T extends Record> T bindKnown(String prefix, JsonNode tree, T defaults) {
        RecordComponent[] components = defaults.getClass().getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        int before = problems.size();
        for (int i = 0; i < components.length; i++) {
            Object byDefault = RecordComponents.read(components[i], defaults);
            String name = RecordComponents.key(components[i]);
            values[i] = RecordComponents.isInline(components[i]) && byDefault instanceof Record group
                    ? bindKnown(prefix, tree, group)
                    : bindComponent(prefix + name, tree.path(name), components[i], byDefault);
        }
        return problems.size() > before ? defaults : construct(prefix, defaults, components, values);
    }

    <T extends Record> T merge(String prefix, T now, T next, Predicate<String> stays) {
        RecordComponent[] components = now.getClass().getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String key = prefix + RecordComponents.key(components[i]);
            Object before = RecordComponents.read(components[i], now);
            Object after = RecordComponents.read(components[i], next);
            values[i] = before instanceof Record old && after instanceof Record fresh
                    ? merge(RecordComponents.section(prefix, components[i]), old, fresh, stays)
                    : stays.test(key) ? before : after;
        }
        return construct(prefix, now, components, values);
    }

    private @Nullable Object bindComponent(
            String key, JsonNode given, RecordComponent component, @Nullable Object byDefault) {
        JsonNode node;
        try {
            node = component.getGenericType() instanceof ParameterizedType ? SettingsYaml.readStructure(given) : given;
        } catch (IllegalArgumentException e) {
            problems.add(key + ": " + e.getMessage());
            return byDefault;
        }
        if (node.isMissingNode()) {
            return byDefault;
        }
        if (byDefault instanceof Record record) {
            if (node.isNull()) {
                return record;
            }
            if (!node.isObject()) {
                problems.add(key + ": must hold settings, such as '"
                        + names(record).findFirst().orElse("") + ": …', not a value");
                return record;
            }
            return bind(key + ".", node, record);
        }
        Class<? extends Record> each = RecordsByName.in(component.getGenericType());
        if (each != null && (node.isObject() || node.isNull())) {
            return bindEach(key, node, RecordsByName.defaultsOf(each));
        }
        try {
            Object value = SettingValue.parse(component.getGenericType(), node);
            if (value == null && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                throw new IllegalArgumentException(SettingValue.MISSING);
            }
            return value;
        } catch (IllegalArgumentException e) {
            problems.add(key + ": " + e.getMessage());
            return byDefault;
        }
    }

    /** Binds a map of records: each entry uses the same defaults. */
    private Map<String, Record> bindEach(String key, JsonNode map, Record defaults) {
        Map<String, Record> records = new LinkedHashMap<>();
        map.properties().forEach(entry -> {
            if (entry.getValue().isObject() || entry.getValue().isNull()) {
                records.put(entry.getKey(), bind(key + "." + entry.getKey() + ".", entry.getValue(), defaults));
            } else {
                problems.add(key + "." + entry.getKey() + ": must hold settings, not a value");
            }
        });
        return Map.copyOf(records);
    }

    private void reportUnknownKeys(String prefix, JsonNode tree, Record defaults) {
        List<String> known = names(defaults).toList();
        tree.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                problems.add(prefix + name + ": unknown setting; known here: " + String.join(", ", known)
                        + NearestNames.of(name, known));
            }
        });
    }

    /** The keys of the settings of a section. */
    private static Stream<String> names(Record section) {
        return Arrays.stream(section.getClass().getRecordComponents())
                .flatMap(component -> RecordComponents.isInline(component)
                                && RecordComponents.read(component, section) instanceof Record group
                        ? names(group)
                        : Secrets.names(component).stream());
    }

    @SuppressWarnings("unchecked")
    private <T extends Record> T construct(
            String prefix, T defaults, RecordComponent[] components, @Nullable Object[] values) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            var constructor = defaults.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return (T) constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            problems.add(prefix.replaceAll("\\.$", "") + ": "
                    + e.getTargetException().getMessage());
            return defaults;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
