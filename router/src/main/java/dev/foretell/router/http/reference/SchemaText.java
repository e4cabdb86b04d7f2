package dev.foretell.router.http.reference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A schema in words, as HTML: {@code array of Worker}, {@code object {n: integer}}. */
final class SchemaText {
    private static final String REFERENCE = "#/components/schemas/";

    private SchemaText() {}

    /** The id of a schema's section. */
    static String anchor(String name) {
        return "schema-" + name;
    }

    static String of(JsonNode schema) {
        String reference = schema.path("$ref").asText();
        if (reference.startsWith(REFERENCE)) {
            String name = reference.substring(REFERENCE.length());
            return "<a href=\"#" + Html.escape(anchor(name)) + "\">" + Html.escape(name) + "</a>";
        }
        if (schema.has("oneOf")) {
            return joined(schema.path("oneOf"), " or ");
        }
        if (schema.has("enum")) {
            return values(schema.path("enum"));
        }
        return typed(schema) + bounds(schema);
    }

    private static String joined(JsonNode schemas, String between) {
        return StreamSupport.stream(schemas.spliterator(), false)
                .map(SchemaText::of)
                .collect(Collectors.joining(between));
    }

    private static String values(JsonNode values) {
        return StreamSupport.stream(values.spliterator(), false)
                .map(value -> "<code>" + Html.escape(value.asText()) + "</code>")
                .collect(Collectors.joining(", "));
    }

    private static String typed(JsonNode schema) {
        if (schema.has("items")) {
            return "array of " + of(schema.path("items"));
        }
        if (schema.path("properties").size() > 0) {
            return "object {" + properties(schema.path("properties")) + "}";
        }
        if (schema.path("additionalProperties").isObject()) {
            return "object: any name to " + of(schema.path("additionalProperties"));
        }
        JsonNode type = schema.path("type");
        String name = type.isArray()
                ? StreamSupport.stream(type.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(" or "))
                : type.asText("any");
        return Html.escape(name);
    }

    private static String properties(JsonNode properties) {
        return properties.properties().stream()
                .map(property -> Html.escape(property.getKey()) + ": " + of(property.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** What else it says of a value. */
    private static String bounds(JsonNode schema) {
        List<String> bounds = new ArrayList<>();
        for (String name : List.of(
                "minimum",
                "exclusiveMinimum",
                "maximum",
                "minLength",
                "maxLength",
                "minItems",
                "maxItems",
                "pattern",
                "default")) {
            if (schema.has(name)) {
                bounds.add(name + " <code>" + Html.escape(schema.path(name).asText()) + "</code>");
            }
        }
        return bounds.isEmpty() ? "" : ", " + String.join(", ", bounds);
    }
}
