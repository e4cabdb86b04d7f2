package dev.foretell.router.http.mlserving;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.upstream.call.CallMemory;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.StreamSupport;

/** What a model predicts for rows: its output {@code label}, else its first one. Written as {@code {"predictions": [...]}}. */
record RowsOutput(List<JsonNode> predictions) {
    /**
     * Takes memory for the tree, and for the text that it becomes.
     *
     * @throws ServingException {@link FailureKind#WORKER_FAILED} if the response holds no array; or as {@link CallMemory#take}
     */
    static RowsOutput read(Buffer body, CallMemory memory) {
        JsonNode response = memory.readTree(body.getBytes());
        memory.takeAgain();
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
