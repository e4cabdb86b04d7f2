package dev.foretell.worker.http;

import com.fasterxml.jackson.databind.JsonMappingException;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.Problem;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** The one place where a failure becomes an answer: {@code {"error": "…"}}, as firefly words it. */
final class ErrorReply {
    private ErrorReply() {}

    static Reply of(Throwable failure) {
        return failure instanceof ServingException known
                ? reply(Problem.of(known.kind()).status(), known.detail(), headers(known.kind()))
                : reply(500, words(failure), Map.of());
    }

    /** Whether it is the function that broke, and its author should see where. */
    static boolean isFault(Throwable failure) {
        return !(failure instanceof ServingException);
    }

    private static String words(Throwable failure) {
        if (failure instanceof UnwritableResultException unwritable) {
            return String.valueOf(unwritable.getMessage());
        } else if (failure instanceof JsonMappingException mapping) {
            return mapping.getCause() instanceof UnwritableResultException cause
                    ? words(cause)
                    : "the result cannot be written as JSON: " + mapping.getOriginalMessage();
        }
        String name = failure.getClass().getSimpleName();
        return failure.getMessage() == null ? name : name + ": " + failure.getMessage();
    }

    private static Map<String, String> headers(FailureKind kind) {
        return kind == FailureKind.WORKERS_BUSY ? Map.of("Retry-After", "1") : Map.of();
    }

    private static Reply reply(int status, String error, Map<String, String> headers) {
        Buffer body = Buffer.buffer(Json.write(Map.of("error", error)));
        return new Reply(status, Reply.JSON, headers, body, null, -1);
    }
}
