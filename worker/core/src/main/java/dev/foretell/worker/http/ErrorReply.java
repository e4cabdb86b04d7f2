package dev.foretell.worker.http;

import com.fasterxml.jackson.databind.JsonMappingException;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.Problem;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.wire.Headers;
import dev.foretell.worker.function.InvalidInputException;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The only place that turns a failure into a response: {@code {"error": "…"}}, in firefly's format. */
final class ErrorReply {
    private record ErrorBody(String error) {}

    private ErrorReply() {}

    /** A failure of the worker itself. */
    static Reply of(Throwable failure) {
        return failure instanceof ServingException known ? ofKnown(known) : reply(500, words(failure), Map.of(), false);
    }

    /** The failure of a function's call. */
    static Reply ofFunction(Throwable failure) {
        if (failure instanceof ServingException known) {
            return ofKnown(known);
        }
        return failure instanceof InvalidInputException refusal
                ? reply(refusal.status(), String.valueOf(refusal.getMessage()), Map.of(), true)
                : reply(500, words(failure), Map.of(), true);
    }

    private static Reply ofKnown(ServingException failure) {
        return reply(Problem.of(failure.kind()).status(), failure.detail(), headers(failure.kind()), false);
    }

    /**
     * Who is at fault for a failure during a stream, as a value of {@link Headers#ERROR_OF}; null for the worker
     * itself.
     */
    static @Nullable String blame(Throwable failure) {
        if (failure instanceof ServingException) {
            return null;
        }
        return failure instanceof InvalidInputException ? Headers.OF_INPUT : Headers.OF_FUNCTION;
    }

    /** The message of a failure after the status has been sent. */
    static String lastWords(Throwable failure) {
        return failure instanceof ServingException || failure instanceof InvalidInputException
                ? String.valueOf(failure.getMessage())
                : words(failure);
    }

    /** Whether user code failed, so that its author should see where. */
    static boolean isFault(Throwable failure) {
        return !(failure instanceof ServingException || failure instanceof InvalidInputException);
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

    private static Reply reply(int status, String error, Map<String, String> headers, boolean ofFunction) {
        Buffer body = Buffer.buffer(Json.write(new ErrorBody(error)));
        return new Reply(status, Reply.JSON, headers, body, null, ofFunction);
    }
}
