package dev.foretell.commons.failure;

/**
 * Every way a call can fail: the closed list behind the error responses of routers and workers. The domain uses kinds;
 * only {@link Problem} maps them to HTTP.
 */
public enum FailureKind {
    /** The body is not JSON, or is truncated. */
    MALFORMED,
    /** The request head or the URL is invalid. */
    BAD_REQUEST,
    /** The request did not arrive in time. */
    REQUEST_TIMEOUT,
    /** The body is JSON, but does not fit the call. */
    INVALID_INPUT,
    UNAUTHENTICATED,
    FORBIDDEN,
    MODEL_NOT_FOUND,
    /** The URL or worker does not exist. */
    NOT_FOUND,
    METHOD_NOT_ALLOWED,
    CONFLICT,
    PAYLOAD_TOO_LARGE,
    /** The length of the body is unknown, and no available worker takes such a body. */
    LENGTH_REQUIRED,
    URI_TOO_LONG,
    HEADERS_TOO_LARGE,
    UNSUPPORTED_MEDIA_TYPE,
    /** Refused because of load, before any work. */
    SHED,
    /** Refused because of load: the model's queue is full. */
    QUEUE_FULL,
    /** The maximum number of the dashboard's streams is open. */
    TOO_MANY_STREAMS,
    /** The model exists, but none of its workers can take calls. */
    NO_WORKER,
    /** Every worker that was tried reported that it is busy. */
    WORKERS_BUSY,
    /** Too few members of an ensemble gave a response that can be merged. */
    QUORUM_MISSED,
    /** The same, and calling again does not help: their models are not there any more, or their responses do not fit. */
    QUORUM_OUT_OF_REACH,
    /** The workers failed (connection, 5xx, invalid response), and all attempts are used up. */
    WORKER_FAILED,
    /** The model's function failed on this input with its own error. */
    FUNCTION_FAILED,
    DEADLINE_EXCEEDED,
    /** The router has just started and has not read its state yet. */
    STARTING,
    DRAINING,
    STATE_STORE_UNAVAILABLE,
    /** The disk is full. */
    INSUFFICIENT_STORAGE,
    INTERNAL
}
