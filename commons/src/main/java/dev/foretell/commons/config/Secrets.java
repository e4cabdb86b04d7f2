package dev.foretell.commons.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The {@link Secret} settings of a record by their dotted keys, and their file settings. */
final class Secrets {
    private static final String FILE = "-file";

    private final Set<String> keys = new TreeSet<>();

    Secrets(Record defaults) {
        collect("", defaults);
    }

    private void collect(String prefix, Record settings) {
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            String key = prefix + RecordComponents.key(component);
            if (component.isAnnotationPresent(Secret.class)) {
                keys.add(key);
            } else if (RecordComponents.read(component, settings) instanceof Record record) {
                collect(RecordComponents.section(prefix, component), record);
            }
        }
    }

    /** The keys that set a component. */
    static List<String> names(RecordComponent component) {
        String name = RecordComponents.key(component);
        return component.isAnnotationPresent(Secret.class) ? List.of(name, name + FILE) : List.of(name);
    }

    Set<String> keys() {
        return keys;
    }

    List<String> fileKeys() {
        return keys.stream().map(key -> key + FILE).toList();
    }

    /** Removes a value or file from a weaker source if a stronger source sets either of them. */
    void forgetOverridden(ObjectNode tree, Map<String, String> stronger) {
        for (String key : keys) {
            if (stronger.containsKey(key) || stronger.containsKey(key + FILE)) {
                SettingsTree.take(tree, key);
                SettingsTree.take(tree, key + FILE);
            }
        }
    }

    /** Replaces each file setting with the secret in its file. */
    void read(ObjectNode tree, List<String> problems) {
        for (String key : keys) {
            String file = SettingsTree.take(tree, key + FILE);
            if (file.isEmpty()) {
                continue;
            }
            String direct = SettingsTree.take(tree, key);
            if (!direct.isEmpty()) {
                problems.add(key + ": only one of it and " + key + FILE + " may be set");
                continue;
            }
            try {
                SettingsTree.put(tree, key, SecretFile.read(file));
            } catch (IllegalArgumentException e) {
                problems.add(key + FILE + ": " + e.getMessage());
            }
        }
    }
}
