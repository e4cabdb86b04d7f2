package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.json.Json;
import dev.foretell.router.LiveRouter.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each field of an order that openapi.yaml describes, with a value of each type that it does not have. */
class OrderTypesTest {
    private static final Map<String, String> VALUES = Map.of(
            "string", "\"x\"",
            "integer", "7",
            "number", "1.5",
            "boolean", "true",
            "array", "[]",
            "object", "{}");
    /** Where a number is described, a whole one is a number too. */
    private static final Map<String, Set<String>> TAKEN = Map.of("number", Set.of("number", "integer"));

    @RegisterExtension
    static final LiveRouter LIVE = LiveRouter.with();

    /** A field of the order. */
    record Field(String parent, String name, JsonNode schema) {
        String type() {
            return schema.path("type").asText("string");
        }

        @Override
        public String toString() {
            return parent.isEmpty() ? name : parent + "." + name;
        }
    }

    static List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        JsonNode order = Description.root().at("/components/schemas/TaskOrder");
        order.path("properties").properties().forEach(field -> {
            fields.add(new Field("", field.getKey(), field.getValue()));
            field.getValue()
                    .path("properties")
                    .properties()
                    .forEach(inner -> fields.add(new Field(field.getKey(), inner.getKey(), inner.getValue())));
        });
        return fields;
    }

    private static JsonNode json(String text) {
        return Json.readTree(text.getBytes(StandardCharsets.UTF_8));
    }

    /** An order that is right but for this field. */
    private static ObjectNode order(Field field, JsonNode value) {
        ObjectNode order = (ObjectNode) json(LiveTasks.ORDER);
        if (field.parent().isEmpty()) {
            return order.set(field.name(), value);
        }
        if (field.parent().equals("data")) {
            order.set("data", json(table(field.name())));
        }
        ObjectNode parent =
                order.path(field.parent()) instanceof ObjectNode there ? there : order.putObject(field.parent());
        if (field.parent().equals("serve")) {
            parent.put("model", "m").put("as", "canary");
        }
        parent.set(field.name(), value);
        return order;
    }

    /** What else the data must have beside that field. */
    private static String table(String field) {
        return switch (field) {
            case "rows" -> "{\"columns\":[\"x\",\"y\"]}";
            case "columns" -> "{\"rows\":[[1,2]]}";
            case "name" -> "{\"csv\":\"x,y\\n1,a\\n\"}";
            default -> "{}";
        };
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aValueOfAnotherTypeIsRefusedByTheNameOfItsField(Field field) {
        wrong(field).forEach(value -> {
            Answer answer = LIVE.post("/v1/tasks", Json.writeText(order(field, value)));

            assertThat(answer.status()).as("%s: %s: %s", field, value, answer).isEqualTo(422);
            assertThat(answer.detail()).as("%s: %s", field, value).contains(field.name());
        });
    }

    private static Stream<JsonNode> wrong(Field field) {
        Set<String> taken = TAKEN.getOrDefault(field.type(), Set.of(field.type()));
        Stream<JsonNode> others = VALUES.entrySet().stream()
                .filter(value -> !taken.contains(value.getKey()))
                .map(value -> json(value.getValue()));
        return field.type().equals("array") ? Stream.concat(others, arrays()) : others;
    }

    /** Neither names of columns nor rows are any of these. */
    private static Stream<JsonNode> arrays() {
        return Stream.of("7", "true", "{}", "[{}]").map(item -> {
            ArrayNode array = Json.MAPPER.createArrayNode();
            return array.add(json(item));
        });
    }

    @Test
    void thereAreFieldsToTry() {
        assertThat(fields().stream().map(Field::toString))
                .contains(
                        "parameters.categories",
                        "parameters.separator",
                        "data.digest",
                        "limits.time_ms",
                        "serve.weight");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"csv\":\"x,y\\n1,a\\n\",\"digest\":\"00\"}",
                "{\"csv\":\"x,y\\n1,a\\n\",\"file\":\"x.csv\"}",
                "{\"csv\":\"x,y\\n1,a\\n\",\"columns\":[\"x\"],\"rows\":[[1]]}",
                "{\"csv\":\"x,y\\n1,a\\n\",\"columns\":[\"x\"]}",
                "{\"columns\":[\"x\"]}",
                "{\"rows\":[[1]]}",
                "{\"name\":\"x\"}"
            })
    void aTableComesInOneWay(String data) {
        ObjectNode order = (ObjectNode) json(LiveTasks.ORDER);
        Answer answer = LIVE.post("/v1/tasks", Json.writeText(order.set("data", json(data))));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(answer.detail()).containsPattern("data must have one of|data.columns goes with data.rows");
    }
}
