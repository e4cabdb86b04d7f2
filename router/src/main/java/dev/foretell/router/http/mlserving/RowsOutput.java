package dev.foretell.router.http.mlserving;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.StreamSupport;

/** What a model predicts for rows: its output {@code label}, else its first one. Written as {@code {"predictions": [...]}}. */
record RowsOutput(List<JsonNode> predictions) {
    /** @throws ServingException {@link FailureKind#WORKER_FAILED} if the response holds no array */
    static RowsOutput read(Buffer body) {
        JsonNode response = Json.readTree(body.getBytes());
        JsonNode output = response.has("label")
                ? response.path("label")
                : response.isObject() && !response.isEmpty()
                        ? response.elements().next()
                        : response;
        if (!output.isArray() || output.isEmpty()) {
            throw new ServingException(FailureKind.WORKER_FAILED, "the model's response has no prediction for a row");
        }
        return new RowsOutput(StreamSupport.stream(output.spliterator(), false)
                .map(RowsOutput::unwrap)
                .toList());
    }

    /** Regressions have a column of one number for each row. */
    private static JsonNode unwrap(JsonNode value) {
        return value.isArray() && value.size() == 1 ? value.get(0) : value;
    }

    /** The first prediction as text. */
    String first() {
        JsonNode first = predictions.get(0);
        return first.isValueNode() ? first.asText() : first.toString();
    }
}
