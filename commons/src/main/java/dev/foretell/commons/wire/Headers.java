package dev.foretell.commons.wire;

/** Names of the HTTP headers that are ours. */
public final class Headers {
    /** How long the caller will wait, in milliseconds; the router passes on what is left of it to the worker. */
    public static final String TIMEOUT_MS = "X-Request-Timeout-Ms";
    /** Names one call in answers and logs; taken from the caller where given. */
    public static final String REQUEST_ID = "X-Request-Id";
    /** Calls with the same key go to the same worker under the {@code consistent_hash} policy. */
    public static final String STICKY_KEY = "X-Sticky-Key";
    /** Who goes first when calls wait: high, normal or low. */
    public static final String PRIORITY = "X-Priority";
    /** How many calls are in the body of a batch, and how many answers in the answer to it; see {@link BatchForm}. */
    public static final String BATCH = "X-Foretell-Batch";
    /**
     * A few characters that the router makes up for each request to a worker. A worker that repeats them in its answer,
     * whatever the status, proves to which request it is; only such workers get several requests on one connection.
     */
    public static final String ECHO = "X-Echo";
    /**
     * {@link #OF_FUNCTION} in an error answer of a worker that its function gave: it failed, or chose the status. Without it, an
     * error is the worker's own, and says nothing of the caller's input.
     */
    public static final String ERROR_OF = "X-Foretell-Error-Of";

    public static final String OF_FUNCTION = "function";
    /**
     * {@link #ERROR_OF} in the trailer of a stream whose function refused its input in the midst of it; {@link #OF_FUNCTION} stands there
     * where the function failed. A router asks for the trailer with {@code TE: trailers}, and a worker that has one to give announces it
     * with {@code Trailer}: a stream of its that ends without an end was broken off by the worker itself.
     */
    public static final String OF_INPUT = "input";

    /** In an answer that a call failed: {@code budget-exhausted} where too many others were being retried to retry it too. */
    public static final String ROUTER_RETRY = "X-Router-Retry";

    /** Marks a call that only warms a worker up: it looks like any other, but nobody waits for its answer. */
    public static final String WARM_UP = "X-Foretell-Warm-Up";
    /** {@code hit} where the answer is one that the router kept. */
    public static final String CACHE = "X-Router-Cache";
    /** Says that the answer only stands in for one, and why: {@code default; reason=deadline}. */
    public static final String FALLBACK = "X-Router-Fallback";
    /** How many bytes of an inference request, or of its answer, are JSON; tensors follow them. */
    public static final String INFER_JSON_LENGTH = "Inference-Header-Content-Length";
    /** Which kind of failure an error answer tells of, in dialects whose bodies have no room for it. */
    public static final String ERROR_CODE = "X-Error-Code";
    /** {@code 1} asks for the way of the call along with its answer. */
    public static final String DEBUG_ROUTE = "X-Debug-Route";
    /** With a registration: which process of the worker sends it, as its index has it. */
    public static final String WORKER_EPOCH = "X-Worker-Epoch";

    /** In answers about the routing table and the workers in it: how often the table was changed. */
    public static final String ROUTING_REVISION = "X-Routing-Revision";

    private Headers() {}
}
