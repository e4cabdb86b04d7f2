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
 * The map of {@code PUT} and {@code GET /v1/model_workers_map}: model type to model to workers. A model's value is the list
 * of its workers, or {@code {"policy": "round_robin", "workers": [...]}} where the model chooses its own policy.
 */
public record RoutingMap(Map<ModelKey, Model> models) {
    /** What the map says of one model: its own policy, where it chooses one, and its workers. */
    public record Model(@Nullable String policy, List<WorkerEntry> workers) {
        public Model {
            workers = List.copyOf(workers);
        }

        /** The model alone, in the shape it has in the map. */
        public String toJson() {
            return Json.writeText(shape());
        }

        /** Reads what {@link #toJson} wrote. */
        public static Model parse(String json) {
            return new RoutingMapReader().readModel(Json.readTree(json.getBytes(StandardCharsets.UTF_8)));
        }

        /** The same as values that Jackson writes. */
        public Object shape() {
            return policy == null ? workers : this;
        }
    }

    public RoutingMap {
        models = Collections.unmodifiableMap(new TreeMap<>(models));
    }

    /**
     * Reads a map from JSON; nothing is taken from a map of which any part is wrong.
     *
     * @throws ServingException {@link FailureKind#MALFORMED} if it is not JSON, {@link FailureKind#INVALID_INPUT} naming
     *     the first 20 places that are wrong
     */
    public static RoutingMap parse(byte[] body) {
        return new RoutingMapReader().read(Json.readStorable(body));
    }

    /** The map as JSON text, in the shape that {@link #parse} reads. */
    public byte[] toJson() {
        Map<String, Map<String, Object>> types = new LinkedHashMap<>();
        models.forEach((key, model) ->
                types.computeIfAbsent(key.type(), type -> new LinkedHashMap<>()).put(key.name(), model.shape()));
        return Json.writeSpaced(types);
    }
}
