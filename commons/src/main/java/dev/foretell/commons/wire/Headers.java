package dev.foretell.commons.wire;

/** The names of Foretell's HTTP headers. */
public final class Headers {
    /** How long the caller waits, in milliseconds. The router sends the remaining time to the worker. */
    public static final String TIMEOUT_MS = "X-Request-Timeout-Ms";
    /** Identifies a call in responses and logs; the caller's id if it sends one. */
    public static final String REQUEST_ID = "X-Request-Id";
    /** The same id as a field of a log line. */
    public static final String LOGGED_REQUEST_ID = "requestId";
    /** Under the {@code consistent_hash} policy, calls with the same key go to the same worker. */
    public static final String STICKY_KEY = "X-Sticky-Key";
    /** The priority of a waiting call: high, normal or low. */
    public static final String PRIORITY = "X-Priority";
    /** The number of calls in a batch request, and of results in its response; see {@link BatchForm}. */
    public static final String BATCH = "X-Foretell-Batch";
    /**
     * A short token that the router generates for each request to a worker. A worker that repeats it in its response,
     * whatever the status, proves which request the response belongs to. Only such workers get several requests on one
     * connection.
     */
    public static final String ECHO = "X-Echo";
    /**
     * Has the value {@link #OF_FUNCTION} in an error response that comes from the function: it failed, or it chose the
     * status. Without this header the error comes from the worker itself and says nothing about the caller's input.
     */
    public static final String ERROR_OF = "X-Foretell-Error-Of";

    public static final String OF_FUNCTION = "function";
    /**
     * The value of {@link #ERROR_OF} in the trailer of a stream whose function refused its input during the stream; the
     * value is {@link #OF_FUNCTION} if the function failed. A router requests the trailer with {@code TE: trailers},
     * and a worker announces it with {@code Trailer}. If a stream with an announced trailer breaks off, the worker
     * itself broke it off.
     */
    public static final String OF_INPUT = "input";

    /** In the response of a failed call: {@code budget-exhausted} if the retry budget allowed no further retry. */
    public static final String ROUTER_RETRY = "X-Router-Retry";

    /** Marks a warm-up call: it looks like any other call, but no caller waits for its response. */
    public static final String WARM_UP = "X-Foretell-Warm-Up";
    /** {@code hit} if the response comes from the router's cache. */
    public static final String CACHE = "X-Router-Cache";
    /** Marks a fallback response and says why: {@code default; reason=deadline}. */
    public static final String FALLBACK = "X-Router-Fallback";
    /** The length of the JSON part of an inference request or response, in bytes; tensors follow it. */
    public static final String INFER_JSON_LENGTH = "Inference-Header-Content-Length";
    /** The failure kind of an error response, for dialects whose bodies have no field for it. */
    public static final String ERROR_CODE = "X-Error-Code";
    /** {@code 1} requests a trace of the call's routing in the response. */
    public static final String DEBUG_ROUTE = "X-Debug-Route";
    /**
     * {@code 1} asks an ensemble to tell of its members along with its answer; in every response of an ensemble, how many
     * members it was merged from, of how many: {@code 4/5}.
     */
    public static final String ENSEMBLE_MEMBERS = "X-Ensemble-Members";
    /** In a registration: identifies the worker process, like the epoch in its index. */
    public static final String WORKER_EPOCH = "X-Worker-Epoch";

    /** In responses about the routing table and its workers: the table's revision. */
    public static final String ROUTING_REVISION = "X-Routing-Revision";

    private Headers() {}
}
