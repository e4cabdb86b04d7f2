package dev.foretell.router.http.mlserving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.tensor.TensorSpec;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One row or several, from {@code {"data": [...]}}, as the arguments of a model: a column for each of its inputs, or whole rows if it
 * has one input.
 */
record RowsInput(boolean isOneRow, Buffer data) {
    private static final String WANTED = "send {\"data\": [5.1, 3.5, 1.4, 0.2]}, or an array of such rows as data";

    /** @throws ServingException {@link FailureKind#MALFORMED} or {@link FailureKind#INVALID_INPUT} with what is wrong */
    static RowsInput read(Buffer body, List<TensorSpec> inputs) {
        if (body.length() == 0) {
            throw invalid("the body is empty: " + WANTED);
        }
        JsonNode data = Json.readTree(body.getBytes()).path("data");
        if (!data.isArray() || data.isEmpty()) {
            throw invalid("data is missing: " + WANTED);
        }
        boolean isOneRow = !data.get(0).isArray();
        JsonNode rows = isOneRow ? Json.MAPPER.createArrayNode().add(data) : data;
        requireRows(rows, inputs);
        return new RowsInput(isOneRow, Buffer.buffer(Json.write(arguments(rows, inputs))));
    }

    private static void requireRows(JsonNode rows, List<TensorSpec> inputs) {
        int number = 0;
        for (JsonNode row : rows) {
            number++;
            if (!row.isArray() || (inputs.size() > 1 && row.size() != inputs.size())) {
                throw invalid("row " + number + " must be an array of " + columns(inputs));
            }
            for (JsonNode value : row) {
                if (!value.isNumber() && !value.isTextual()) {
                    throw invalid(
                            "row " + number + " holds " + value.getNodeType() + ": a value is a number or a text");
                }
            }
        }
    }

    private static String columns(List<TensorSpec> inputs) {
        return inputs.size() > 1
                ? inputs.size() + " values: "
                        + inputs.stream().map(TensorSpec::name).collect(Collectors.joining(", "))
                : "values";
    }

    private static ObjectNode arguments(JsonNode rows, List<TensorSpec> inputs) {
        ObjectNode arguments = Json.MAPPER.createObjectNode();
        if (inputs.size() == 1) {
            arguments.set(inputs.get(0).name(), rows);
            return arguments;
        }
        for (int column = 0; column < inputs.size(); column++) {
            ArrayNode cells = arguments.putArray(inputs.get(column).name());
            for (JsonNode row : rows) {
                cells.addArray().add(row.get(column));
            }
        }
        return arguments;
    }

    private static ServingException invalid(String what) {
        return new ServingException(FailureKind.INVALID_INPUT, what);
    }
}
