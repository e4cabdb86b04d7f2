package dev.foretell.router.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.router.routing.RoutingChange;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A change of the routing table as the routers tell it to each other: {@code {"base": 41, "models": {"AI/fib": […],
 * "AI/old": null}}}. One too long to send tells only the revision it led to, as an empty change on that revision: who is
 * not there yet sees that something is missing, and loads the table.
 */
final class ChangeMessage {
    private static final int LONGEST = 256 * 1024;

    private ChangeMessage() {}

    static String write(RoutingChange change) {
        ObjectNode models = Json.MAPPER.createObjectNode();
        int length = 0;
        for (Map.Entry<ModelKey, Optional<RoutingMap.Model>> model :
                change.models().entrySet()) {
            String json = model.getValue().map(RoutingMap.Model::toJson).orElse("null");
            length += json.length();
            if (length > LONGEST) {
                return reload(change.revision());
            }
            models.putRawValue(model.getKey().toString(), new RawValue(json));
        }
        return message(change.base(), models);
    }

    static String reload(long revision) {
        return message(revision, Json.MAPPER.createObjectNode());
    }

    private static String message(long base, ObjectNode models) {
        return Json.writeText(Json.MAPPER.createObjectNode().put("base", base).set("models", models));
    }

    static RoutingChange read(String message) {
        JsonNode tree = Json.readTree(message.getBytes(StandardCharsets.UTF_8));
        if (!tree.path("base").canConvertToLong()) {
            throw new IllegalArgumentException("a change without its base");
        }
        Map<ModelKey, Optional<RoutingMap.Model>> models = new HashMap<>();
        for (Map.Entry<String, JsonNode> model : tree.path("models").properties()) {
            models.put(Fields.model(model.getKey()), read(model.getValue()));
        }
        return new RoutingChange(tree.path("base").asLong(), models);
    }

    private static Optional<RoutingMap.Model> read(JsonNode model) {
        return model.isNull() ? Optional.empty() : Optional.of(RoutingMap.Model.parse(model.toString()));
    }
}
