package dev.foretell.commons.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Settings in a tree of sections, by their dotted keys. */
final class SettingsTree {
    private SettingsTree() {}

    static void put(ObjectNode tree, String dottedKey, String value) {
        int dot = dottedKey.indexOf('.');
        if (dot < 0) {
            tree.put(dottedKey, value);
            return;
        }
        String head = dottedKey.substring(0, dot);
        JsonNode child = tree.get(head);
        if (child != null && !child.isNull() && !child.isObject()) {
            return; // the caller reports that a document must hold settings
        }
        put(child instanceof ObjectNode object ? object : tree.putObject(head), dottedKey.substring(dot + 1), value);
    }

    /** Removes and returns a value; empty if there is none. */
    static String take(ObjectNode tree, String key) {
        int dot = key.indexOf('.');
        if (dot >= 0) {
            return tree.get(key.substring(0, dot)) instanceof ObjectNode section
                    ? take(section, key.substring(dot + 1))
                    : "";
        }
        JsonNode value = tree.remove(key);
        return value == null || value.isNull() ? "" : value.asText().strip();
    }
}
