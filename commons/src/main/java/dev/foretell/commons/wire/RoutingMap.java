package dev.foretell.commons.wire;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The map of {@code PUT} and {@code GET /v1/model_workers_map}: model type to model to workers. The value of a model is
 * the list of its workers, or {@code {"policy": "round_robin", "workers": [...]}} for a model with its own policy.
 */
public record RoutingMap(Map<ModelKey, Model> models) {
    /** One model of the map: its workers, and its own policy if it has one. */
    public record Model(@Nullable String policy, List<WorkerEntry> workers) {
        public Model {
            workers = List.copyOf(workers);
        }

        /** One model as JSON, in the format of the map. */
        public String toJson() {
            return Json.writeText(shape());
        }

        /** Parses the output of {@link #toJson}. */
        public static Model parse(String json) {
            return new RoutingMapReader().readModel(Json.readTree(json.getBytes(StandardCharsets.UTF_8)));
        }

        /** The same as a value for Jackson. */
        public Object shape() {
            return policy == null ? workers : this;
        }
    }

    public RoutingMap {
        models = Collections.unmodifiableMap(new TreeMap<>(models));
    }

    /**
     * Parses a map from JSON. If any part is invalid, nothing is used.
     *
     * @throws ServingException {@link FailureKind#MALFORMED} if it is not JSON, {@link FailureKind#INVALID_INPUT} with
     *     the first 20 invalid places
     */
    public static RoutingMap parse(byte[] body) {
        return new RoutingMapReader().read(Json.readStorable(body));
    }

    /** The map as JSON, in the format that {@link #parse} reads. */
    public byte[] toJson() {
        Map<String, Map<String, Object>> types = new LinkedHashMap<>();
        models.forEach((key, model) ->
                types.computeIfAbsent(key.type(), type -> new LinkedHashMap<>()).put(key.name(), model.shape()));
        return Json.writeSpaced(types);
    }
}
