package dev.foretell.client;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.foretell.client.failure.UnreadableResponseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/**
 * Turns responses into the types that callers ask for.
 *
 * @param maxBytes of a response, and of an item of a stream
 */
record ResultReader(ObjectMapper mapper, int maxBytes) {
    /** The result of a call, and how it came about. */
    <T> Prediction<T> prediction(HttpResponse<Received> response, JavaType type, String requestId) {
        return new Prediction<>(
                body(response, type, requestId),
                requestId,
                response.headers().firstValue("X-Router-Cache").isPresent(),
                response.headers().firstValue("X-Router-Fallback"),
                response.headers().firstValue("X-Ensemble-Members"));
    }

    <T> T body(HttpResponse<Received> response, JavaType type, String requestId) {
        byte[] bytes = response.body().bytes();
        String mediaType = mediaType(response);
        if (mediaType.isEmpty() || mediaType.contains("json")) {
            return read(bytes, type, requestId);
        }
        if (type.hasRawClass(byte[].class)) {
            return cast(bytes);
        }
        if (type.hasRawClass(String.class) && mediaType.startsWith("text/")) {
            return cast(new String(bytes, StandardCharsets.UTF_8));
        }
        throw new UnreadableResponseException(
                "the response is " + mediaType + ", not JSON: ask for byte[].class", requestId, null);
    }

    static String mediaType(HttpResponse<?> response) {
        return response.headers().firstValue("Content-Type").orElse("");
    }

    /** JSON as a value, which is never null. */
    <T> T read(byte[] json, JavaType type, String requestId) {
        T value;
        try {
            value = mapper.readValue(json, type);
        } catch (JacksonException e) {
            throw new UnreadableResponseException(
                    "the response does not fit " + type.getRawClass().getSimpleName() + ": " + e.getOriginalMessage(),
                    requestId,
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not of bytes in memory
        }
        if (value == null) {
            throw new UnreadableResponseException(
                    "the response is null; ask for JsonNode.class where a model may answer that", requestId, null);
        }
        return value;
    }

    /** JSON as a tree; missing if it is none. */
    JsonNode tree(byte[] json) {
        try {
            JsonNode tree = mapper.readTree(json);
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    @SuppressWarnings("unchecked") // the type that was asked for is the value's own
    private static <T> T cast(Object value) {
        return (T) value;
    }
}
