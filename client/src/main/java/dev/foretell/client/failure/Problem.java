package dev.foretell.client.failure;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an error response says (RFC 9457).
 *
 * @param code the router's name of the problem; empty where the response is not a router's
 * @param detail a sentence for people
 * @param requestId the id of the call in the logs; empty if there is none
 * @param retryable whether the same call may succeed later
 * @param retryAfter how long the router asks to wait
 */
public record Problem(
        int status,
        String code,
        String detail,
        String requestId,
        boolean retryable,
        @Nullable Duration retryAfter) implements Serializable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads a response.
     *
     * @param body as it arrived; any bytes
     */
    public static Problem read(int status, HttpHeaders headers, byte[] body) {
        JsonNode problem = tree(body);
        String detail = problem.path("detail").asText(problem.path("error").asText());
        return new Problem(
                status,
                problem.path("code").asText(headers.firstValue("X-Error-Code").orElse("")),
                detail.isEmpty() ? "the response is not a router's: is there a proxy in between?" : detail,
                problem.path("requestId")
                        .asText(headers.firstValue("X-Request-Id").orElse("")),
                problem.path("retryable").asBoolean(),
                wait(headers.firstValue("Retry-After").orElse("")));
    }

    private static JsonNode tree(byte[] body) {
        try {
            JsonNode tree = JSON.readTree(body);
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not of bytes in memory
        }
    }

    /** Routers send seconds. A date, as proxies may send it, counts as absent. */
    private static @Nullable Duration wait(String seconds) {
        return seconds.matches("[0-9]{1,9}") ? Duration.ofSeconds(Integer.parseInt(seconds)) : null;
    }

    /** The kind of its code. */
    public ProblemKind kind() {
        return ProblemKind.of(code);
    }
}
