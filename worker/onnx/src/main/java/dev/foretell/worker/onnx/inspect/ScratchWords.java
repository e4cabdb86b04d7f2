package dev.foretell.worker.onnx.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a scratch process said before it ended, or was ended.
 *
 * @param result what it found; null where it did not get so far
 * @param stage what it was at, as the end of a sentence; empty where it did not say
 */
record ScratchWords(@Nullable JsonNode result, String stage) {
    /** Whether it never came so far as to say anything. */
    boolean isNothing() {
        return result == null && stage.isEmpty();
    }

    /** Its last whole line counts, for it is what came next, or all that it found. */
    static ScratchWords of(byte[] said) {
        String text = new String(said, StandardCharsets.UTF_8);
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
