package dev.foretell.router.upstream.call;

import dev.foretell.commons.identity.WorkerId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a call differs from the usual one, which has JSON for its body and no wishes.
 *
 * @param events whether the caller wants server-sent events, where the answer is a stream
 * @param contentType what the body is; null for JSON
 * @param contentEncoding how the body is encoded; null for not at all
 * @param upload the body, where it is passed on while it comes in; null where it is there
 * @param dialect in what other way the model's function is called; null for none
 * @param notAt workers that it is not to go to
 */
public record RequestOptions(
        boolean events,
        @Nullable String contentType,
        @Nullable String contentEncoding,
        @Nullable Upload upload,
        @Nullable Dialect dialect,
        Set<WorkerId> notAt) {
    /** Media type of server-sent events. */
    public static final String EVENTS_TYPE = "text/event-stream";

    public static final RequestOptions EVENTS = new RequestOptions(true, null, null, null, null, Set.of());

    public RequestOptions {
        notAt = Set.copyOf(notAt);
    }

    /**
     * Another way to call a model's function. The worker is also told which model, at which version, the call is for.
     *
     * @param suffix what follows the function's path
     * @param headers what more the worker is told; plain ASCII
     */
    public record Dialect(String suffix, Map<String, String> headers) {
        public Dialect {
            headers = Map.copyOf(headers);
        }
    }

    /** The usual, but for these workers, which have shown that they cannot answer it. */
    public static RequestOptions notAt(Set<WorkerId> workers) {
        return new RequestOptions(false, null, null, null, null, workers);
    }

    /** The same with a body of this type and encoding, there or on its way; null where nothing is unusual then. */
    public static @Nullable RequestOptions of(
            @Nullable RequestOptions wish, @Nullable String type, @Nullable String encoding, @Nullable Upload upload) {
        return type == null && encoding == null && upload == null
                ? wish
                : new RequestOptions(wish != null && wish.events(), type, encoding, upload, null, Set.of());
    }
}
