package dev.foretell.commons.failure;

/**
 * Every way a call can fail: the closed list behind each error answer of router and worker. The domain speaks in kinds;
 * {@link Problem} alone turns one into HTTP.
 */
public enum FailureKind {
    /** The body is not JSON at all, or was cut short. */
    MALFORMED,
    /** The head of the request, or its URL, makes no sense. */
    BAD_REQUEST,
    /** The request did not arrive in time. */
    REQUEST_TIMEOUT,
    /** The body is JSON, but not what the call takes. */
    INVALID_INPUT,
    UNAUTHENTICATED,
    FORBIDDEN,
    MODEL_NOT_FOUND,
    /** A URL or a worker that does not exist. */
    NOT_FOUND,
    METHOD_NOT_ALLOWED,
    CONFLICT,
    PAYLOAD_TOO_LARGE,
    /** The body's length is not known, and no worker that is there takes such a body. */
    LENGTH_REQUIRED,
    URI_TOO_LONG,
    HEADERS_TOO_LARGE,
    UNSUPPORTED_MEDIA_TYPE,
    /** Refused for load before anything was done. */
    SHED,
    /** Refused for load: as many calls as may wait for the model already. */
    QUEUE_FULL,
    /** The model is known, but none of its workers can take calls. */
    NO_WORKER,
    /** Every worker tried said that it is busy. */
    WORKERS_BUSY,
    /** Workers broke (connection, 5xx, no sense in the answer) and the tries are used up. */
    WORKER_FAILED,
    /** The model's function failed on this input, with an error of its own. */
    FUNCTION_FAILED,
    DEADLINE_EXCEEDED,
    /** The router has just started, and does not know yet what it serves. */
    STARTING,
    DRAINING,
    STATE_STORE_UNAVAILABLE,
    /** There is no room on the disk. */
    INSUFFICIENT_STORAGE,
    INTERNAL
}
