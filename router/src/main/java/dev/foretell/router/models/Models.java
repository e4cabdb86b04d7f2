package dev.foretell.router.models;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** All registered models, by name, at one revision. Immutable. */
public record Models(long revision, Map<String, RegisteredModel> byName) {
    public static final Models NONE = new Models(0, Map.of());

    public Models {
        byName = Collections.unmodifiableMap(new TreeMap<>(byName));
    }
}
