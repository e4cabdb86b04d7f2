package dev.foretell.router.store.hash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.foretell.commons.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A change of a {@link RevisedHash}: fields with their new JSON, or empty for removed ones. Routers send it to each
 * other as {@code {"base": 41, "fields": {"AI/fib": […], "AI/old": null}}}. A change that is too long is sent as an
 * empty change on the new revision: a router with an older revision then sees that it missed something and loads
 * everything.
 */
public record HashChange(long base, long revision, Map<String, Optional<String>> fields) {
    private static final int MAX = 256 * 1024;

    String message() {
        ObjectNode written = Json.MAPPER.createObjectNode();
        int length = 0;
        for (Map.Entry<String, Optional<String>> field : fields.entrySet()) {
            String json = field.getValue().orElse("null");
            length += json.length();
            if (length > MAX) {
                return reload(revision);
            }
            written.putRawValue(field.getKey(), new RawValue(json));
        }
        return message(base, written);
    }

    static String reload(long revision) {
        return message(revision, Json.MAPPER.createObjectNode());
    }

    private static String message(long base, ObjectNode fields) {
        return Json.writeText(Json.MAPPER.createObjectNode().put("base", base).set("fields", fields));
    }

    static HashChange read(String message) {
        JsonNode tree = Json.readTree(message.getBytes(StandardCharsets.UTF_8));
        if (!tree.path("base").canConvertToLong()) {
            throw new IllegalArgumentException("a change without its base");
        }
        Map<String, Optional<String>> fields = new HashMap<>();
        for (Map.Entry<String, JsonNode> field : tree.path("fields").properties()) {
            fields.put(
                    field.getKey(),
                    field.getValue().isNull()
                            ? Optional.empty()
                            : Optional.of(field.getValue().toString()));
        }
        long base = tree.path("base").asLong();
        return new HashChange(base, fields.isEmpty() ? base : base + 1, fields);
    }
}
