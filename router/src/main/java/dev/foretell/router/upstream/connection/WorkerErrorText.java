package dev.foretell.router.upstream.connection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** A worker's error message for the caller: the {@code error} field of its JSON, or its text. */
public final class WorkerErrorText {
    private static final int MAX_WORDS = 1000;
    /** A longer text is not a message, and is not parsed as JSON. */
    private static final int MAX_BYTES = 16 * 1024;

    private WorkerErrorText() {}

    public static String of(Buffer body) {
        byte[] bytes = body.getBytes(0, Math.min(body.length(), MAX_BYTES));
        return cut(bytes.length < body.length() ? plain(bytes) : words(bytes));
    }

    private static String words(byte[] body) {
        try {
            JsonNode error = Json.readTree(body).path("error");
            return error.isTextual() ? error.textValue() : plain(body);
        } catch (ServingException notJson) {
            return plain(body);
        }
    }

    private static String plain(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    private static String cut(String words) {
        return words.length() > MAX_WORDS ? words.substring(0, MAX_WORDS) + "…" : words;
    }
}
