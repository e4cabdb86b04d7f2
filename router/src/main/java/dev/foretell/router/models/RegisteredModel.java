package dev.foretell.router.models;

import dev.foretell.commons.identity.ModelKey;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model that was uploaded, with all its versions. Immutable; its JSON form is what the store keeps.
 *
 * @param replicas how many hosts are to hold it
 * @param loaded whether hosts serve it at all
 * @param nextVersion the number of the version to come; numbers are not used twice
 * @param aliases names of versions, such as {@code prod}
 */
public record RegisteredModel(
        String type,
        String name,
        String description,
        Map<String, String> labels,
        int replicas,
        boolean loaded,
        int nextVersion,
        Map<Integer, ModelVersion> versions,
        TrafficPlan traffic,
        Map<String, Integer> aliases) {
    public RegisteredModel {
        labels = Map.copyOf(labels);
        versions = Collections.unmodifiableMap(new TreeMap<>(versions));
        aliases = Collections.unmodifiableMap(new TreeMap<>(aliases));
    }

    public ModelKey key() {
        return new ModelKey(type, name);
    }
}
