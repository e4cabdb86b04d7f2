package dev.foretell.cli.experts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.json.Json;
import dev.foretell.worker.function.InvalidInputException;

/** Rows of numbers, {@code x} in {@code {"data": {"x": [[0.1], [0.2]]}}}; its columns are {@code x0}, {@code x1} and so on. */
record Rows(JsonNode x) {
    private static final int BAD_REQUEST = 400;

    /** @throws InvalidInputException with status 400 if there is no {@code data}, 422 if its {@code x} are no rows */
    static Rows of(JsonNode body) {
        if (!body.path("data").isObject()) {
            throw new InvalidInputException(
                    BAD_REQUEST, "data is missing: send {\"data\": {\"x\": [[0.1], [0.2]], \"y\": [1, 2]}}");
        }
        JsonNode x = body.at("/data/x");
        if (!x.isArray() || x.isEmpty()) {
            throw new InvalidInputException("data.x is missing: an array of rows, each an array of numbers");
        }
        int width = x.get(0).size();
        for (int row = 0; row < x.size(); row++) {
            requireRow(x.get(row), row, width);
        }
        return new Rows(x);
    }

    private static void requireRow(JsonNode row, int index, int width) {
        if (!row.isArray() || row.isEmpty() || row.size() != width) {
            throw new InvalidInputException("data.x[" + index + "] must be an array of "
                    + (width == 0 ? "numbers" : width + (width == 1 ? " number" : " numbers")));
        }
        for (JsonNode value : row) {
            if (!value.isNumber()) {
                throw new InvalidInputException(
                        "data.x[" + index + "] holds " + value.getNodeType() + ", not a number");
            }
        }
    }

    int width() {
        return x.get(0).size();
    }

    /** A table with the targets as its column {@code y}. */
    String toCsv(JsonNode y) {
        if (!y.isArray() || y.size() != x.size()) {
            throw new InvalidInputException("data.y is missing: an array of numbers, one for each of the " + x.size()
                    + (x.size() == 1 ? " row" : " rows") + " of data.x");
        }
        StringBuilder csv = new StringBuilder();
        for (int column = 0; column < width(); column++) {
            csv.append('x').append(column).append(',');
        }
        csv.append("y\n");
        for (int row = 0; row < x.size(); row++) {
            x.get(row).forEach(value -> csv.append(value.asText()).append(','));
            csv.append(target(y.get(row), row)).append('\n');
        }
        return csv.toString();
    }

    /** A row of one number is a number, too. */
    private static String target(JsonNode y, int index) {
        JsonNode value = y.isArray() && y.size() == 1 ? y.get(0) : y;
        if (!value.isNumber()) {
            throw new InvalidInputException("data.y[" + index + "] must be a number");
        }
        return value.asText();
    }

    /** The arguments of a model that was trained on such rows: a column for each input. */
    byte[] toArguments() {
        ObjectNode arguments = Json.MAPPER.createObjectNode();
        for (int column = 0; column < width(); column++) {
            ArrayNode cells = arguments.putArray("x" + column);
            for (JsonNode row : x) {
                cells.addArray().add(row.get(column));
            }
        }
        return Json.write(arguments);
    }
}
