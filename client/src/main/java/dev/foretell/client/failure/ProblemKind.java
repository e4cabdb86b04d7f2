package dev.foretell.client.failure;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The {@code code} of a router's problem. */
public enum ProblemKind {
    /** The request or the input is wrong; the message says what. */
    INVALID_INPUT,
    UNAUTHENTICATED,
    FORBIDDEN,
    MODEL_NOT_FOUND,
    NOT_FOUND,
    METHOD_NOT_ALLOWED,
    CONFLICT,
    REQUEST_TIMEOUT,
    LENGTH_REQUIRED,
    PAYLOAD_TOO_LARGE,
    URI_TOO_LONG,
    UNSUPPORTED_MEDIA_TYPE,
    HEADERS_TOO_LARGE,
    /** Refused because of load. */
    SHED,
    /** Refused because of load: the model's queue is full. */
    QUEUE_FULL,
    /** Refused because of load: of the dashboard's streams. */
    TOO_MANY_STREAMS,
    /** No worker of the model can take calls. */
    NO_WORKER,
    WORKERS_BUSY,
    /** Too few members of an ensemble responded. */
    QUORUM_MISSED,
    /** The workers failed at all attempts of the router. */
    WORKER_FAILED,
    /** The function failed on this input; the message is its own. */
    FUNCTION_FAILED,
    DEADLINE_EXCEEDED,
    STARTING,
    DRAINING,
    STATE_STORE_UNAVAILABLE,
    INSUFFICIENT_STORAGE,
    INTERNAL,
    /** The response has no code that this client knows: it comes from a newer router, or from a proxy. */
    OTHER;

    private static final Map<String, ProblemKind> BY_CODE =
            Stream.of(values()).collect(Collectors.toMap(ProblemKind::name, Function.identity()));

    static ProblemKind of(String code) {
        return BY_CODE.getOrDefault(code, OTHER);
    }

    /** Whether the router turns a call away with this before any worker has begun with it. */
    public boolean isBeforeWork() {
        return switch (this) {
            case SHED,
                    QUEUE_FULL,
                    TOO_MANY_STREAMS,
                    NO_WORKER,
                    WORKERS_BUSY,
                    STARTING,
                    DRAINING,
                    STATE_STORE_UNAVAILABLE -> true;
            case INVALID_INPUT,
                    UNAUTHENTICATED,
                    FORBIDDEN,
                    MODEL_NOT_FOUND,
                    NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    CONFLICT,
                    REQUEST_TIMEOUT,
                    LENGTH_REQUIRED,
                    PAYLOAD_TOO_LARGE,
                    URI_TOO_LONG,
                    UNSUPPORTED_MEDIA_TYPE,
                    HEADERS_TOO_LARGE,
                    QUORUM_MISSED,
                    WORKER_FAILED,
                    FUNCTION_FAILED,
                    DEADLINE_EXCEEDED,
                    INSUFFICIENT_STORAGE,
                    INTERNAL,
                    OTHER -> false;
        };
    }
}
