package dev.foretell.router.upstream.connection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** What a worker says of an error, for the caller to read: the {@code error} of its JSON, or its text as it is. */
public final class WorkerErrorText {
    private static final int MAX_WORDS = 1000;
    /** What is longer is no sentence, and is not read as JSON. */
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
