package dev.foretell.router.http.tasks;

import com.fasterxml.jackson.databind.JsonNode;

/** Rows of JSON values as CSV (RFC 4180). */
final class RowsText {
    private RowsText() {}

    static String of(JsonNode columns, JsonNode rows) {
        if (!columns.isArray() || columns.isEmpty() || !rows.isArray()) {
            throw BodyFields.wrong("data.columns must be an array of names, and data.rows an array of arrays");
        }
        columns.forEach(RowsText::requireName);
        StringBuilder text = new StringBuilder();
        append(text, columns);
        int number = 0;
        for (JsonNode row : rows) {
            number++;
            if (!row.isArray() || row.size() != columns.size()) {
                throw BodyFields.wrong(
                        "row " + number + " of data.rows must be an array of " + columns.size() + " values");
            }
            append(text, row);
        }
        return text.toString();
    }

    private static void requireName(JsonNode column) {
        if (!column.isTextual()) {
            throw BodyFields.wrong("data.columns must be an array of names, and " + column + " is not a text");
        }
    }

    private static void append(StringBuilder text, JsonNode row) {
        String comma = "";
        for (JsonNode value : row) {
            if (value.isContainerNode()) {
                throw BodyFields.wrong("a value of data.rows must be a text, a number, true, false or null");
            }
            text.append(comma).append(value.isNull() ? "" : quote(value.asText()));
            comma = ",";
        }
        text.append('\n');
    }

    private static String quote(String value) {
        return value.isEmpty()
                        || value.matches("(?s).*[\",\\r\\n].*")
                        || !value.strip().equals(value)
                ? '"' + value.replace("\"", "\"\"") + '"'
                : value;
    }
}
