package dev.foretell.worker.onnx.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The output of an inspection process.
 *
 * @param result its result; null if it did not get that far
 * @param stage its last step, as the end of a sentence; empty if unknown
 */
record ScratchWords(@Nullable JsonNode result, String stage) {
    /** Whether it printed nothing at all. */
    boolean isNothing() {
        return result == null && stage.isEmpty();
    }

    /** Its last complete line counts: the last step, or the result. */
    static ScratchWords of(byte[] given) {
        String text = new String(given, StandardCharsets.UTF_8);
        int end = text.lastIndexOf('\n');
        String line = end < 0 ? "" : text.substring(text.lastIndexOf('\n', end - 1) + 1, end);
        try {
            JsonNode last = Json.readTree(line.getBytes(StandardCharsets.UTF_8));
            return last.has(Scratch.STAGE)
                    ? new ScratchWords(
                            null, " while " + last.path(Scratch.STAGE).asText())
                    : new ScratchWords(last, "");
        } catch (ServingException noJson) {
            return new ScratchWords(null, "");
        }
    }
}
