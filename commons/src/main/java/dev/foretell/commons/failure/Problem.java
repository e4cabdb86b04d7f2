package dev.foretell.commons.failure;

/**
 * The HTTP form of a {@link FailureKind}: the fields of an {@code application/problem+json} body (RFC 9457).
 *
 * @param status HTTP status
 * @param code stable name for programs
 * @param title short description for people
 * @param retryable whether the same call may succeed later or elsewhere
 */
public record Problem(int status, String code, String title, boolean retryable) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /** The RFC 9457 {@code type}: a URN, as stable as the code. */
    public String type() {
        return "urn:foretell:problem:" + code.toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    public static Problem of(FailureKind kind) {
        return switch (kind) {
            case MALFORMED -> new Problem(400, "INVALID_INPUT", "The request is malformed", false);
            case BAD_REQUEST -> new Problem(400, "INVALID_INPUT", "The request is not valid HTTP", false);
            case REQUEST_TIMEOUT -> new Problem(408, "REQUEST_TIMEOUT", "The request did not arrive in time", true);
            case INVALID_INPUT -> new Problem(422, "INVALID_INPUT", "The input does not fit", false);
            case UNAUTHENTICATED -> new Problem(401, "UNAUTHENTICATED", "A token is needed", false);
            case FORBIDDEN -> new Problem(403, "FORBIDDEN", "Not allowed", false);
            case MODEL_NOT_FOUND -> new Problem(404, "MODEL_NOT_FOUND", "No such model", false);
            case NOT_FOUND -> new Problem(404, "NOT_FOUND", "Not found", false);
            case METHOD_NOT_ALLOWED ->
                new Problem(405, "METHOD_NOT_ALLOWED", "This URL does not take that method", false);
            case CONFLICT -> new Problem(409, "CONFLICT", "The state does not allow it", false);
            case PAYLOAD_TOO_LARGE -> new Problem(413, "PAYLOAD_TOO_LARGE", "The body is too large", false);
            case LENGTH_REQUIRED -> new Problem(411, "LENGTH_REQUIRED", "The length of the body is needed", false);
            case URI_TOO_LONG -> new Problem(414, "URI_TOO_LONG", "The URL is too long", false);
            case HEADERS_TOO_LARGE -> new Problem(431, "HEADERS_TOO_LARGE", "The headers are too large", false);
            case UNSUPPORTED_MEDIA_TYPE ->
                new Problem(415, "UNSUPPORTED_MEDIA_TYPE", "This media type is not taken", false);
            case SHED -> new Problem(429, "SHED", "Too many calls at once", true);
            case QUEUE_FULL -> new Problem(429, "QUEUE_FULL", "Too many calls wait", true);
            case TOO_MANY_STREAMS -> new Problem(503, "TOO_MANY_STREAMS", "Too many streams are open", true);
            case NO_WORKER -> new Problem(503, "NO_WORKER", "No worker can take the call", true);
            case WORKERS_BUSY -> new Problem(503, "WORKERS_BUSY", "All workers are busy", true);
            case QUORUM_MISSED -> new Problem(503, "QUORUM_MISSED", "Too few members of the ensemble responded", true);
            case QUORUM_OUT_OF_REACH ->
                new Problem(503, "QUORUM_MISSED", "Too few members of the ensemble can respond", false);
            case WORKER_FAILED -> new Problem(502, "WORKER_FAILED", "The workers failed", true);
            case FUNCTION_FAILED -> new Problem(500, "FUNCTION_FAILED", "The function failed", false);
            case DEADLINE_EXCEEDED -> new Problem(504, "DEADLINE_EXCEEDED", "The deadline passed", true);
            case STARTING -> new Problem(503, "STARTING", "Starting up", true);
            case DRAINING -> new Problem(503, "DRAINING", "Shutting down", true);
            case STATE_STORE_UNAVAILABLE ->
                new Problem(503, "STATE_STORE_UNAVAILABLE", "The state store is not available", true);
            case INSUFFICIENT_STORAGE -> new Problem(507, "INSUFFICIENT_STORAGE", "There is no room on the disk", true);
            case INTERNAL -> new Problem(500, "INTERNAL", "Something broke in Foretell", false);
        };
    }
}
