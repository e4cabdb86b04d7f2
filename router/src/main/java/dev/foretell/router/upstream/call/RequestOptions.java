package dev.foretell.router.upstream.call;

import dev.foretell.commons.identity.WorkerId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a call differs from a usual one, which has a JSON body and no other options.
 *
 * @param events whether the caller wants server-sent events if the response is a stream
 * @param body the kind of body
 * @param dialect another way to call the model's function; null for the usual one
 * @param notAt workers that must not get the call
 * @param batch the number of calls in it, in the format of {@link dev.foretell.commons.wire.BatchForm}; 0 for a single
 *     call
 */
public record RequestOptions(
        boolean events, Body body, @Nullable Dialect dialect, Set<WorkerId> notAt, int batch) {
    /** The media type of server-sent events. */
    public static final String EVENTS_TYPE = "text/event-stream";

    /** The options of nearly every call. */
    public static final RequestOptions USUAL = new RequestOptions(false, Body.JSON, null, Set.of(), 0);

    public static final RequestOptions EVENTS = new RequestOptions(true, Body.JSON, null, Set.of(), 0);

    public RequestOptions {
        notAt = Set.copyOf(notAt);
    }

    /**
     * The kind of body.
     *
     * @param type its media type; null for JSON
     * @param encoding its compression; null without compression
     * @param upload the body itself if it is passed on as it arrives; null if it is complete
     */
    public record Body(
            @Nullable String type,
            @Nullable String encoding,
            @Nullable Upload upload) {
        /** JSON, uncompressed and complete. */
        public static final Body JSON = new Body(null, null, null);

        /** Returns {@link #JSON} itself for such a body. */
        public static Body of(@Nullable String type, @Nullable String encoding, @Nullable Upload upload) {
            return type == null && encoding == null && upload == null ? JSON : new Body(type, encoding, upload);
        }

        /** Uncompressed and complete. */
        public static Body ofType(@Nullable String type) {
            return of(type, null, null);
        }
    }

    /**
     * Another way to call a model's function. The worker also learns the model and version of the call.
     *
     * @param suffix the suffix of the function's path
     * @param headers additional headers for the worker; plain ASCII
     */
    public record Dialect(String suffix, Map<String, String> headers) {
        public Dialect {
            headers = Map.copyOf(headers);
        }
    }

    /** The usual options, except for workers that have shown that they cannot serve the call. */
    public static RequestOptions notAt(Set<WorkerId> workers) {
        return workers.isEmpty() ? USUAL : new RequestOptions(false, Body.JSON, null, workers, 0);
    }

    /** The options of this number of calls in one request. */
    public static RequestOptions ofBatch(int calls) {
        return new RequestOptions(false, Body.JSON, null, Set.of(), calls);
    }

    /** The options of another dialect, with a body of this kind. */
    public static RequestOptions of(Dialect dialect, Body body) {
        return new RequestOptions(false, body, dialect, Set.of(), 0);
    }

    /** These options with another body; {@link #USUAL} if nothing is unusual then. */
    public RequestOptions with(Body other) {
        return other.equals(body) ? this : new RequestOptions(events, other, dialect, notAt, batch);
    }

    /** Whether these are the usual options; compares only with {@link #USUAL}. */
    public boolean isUsual() {
        return this == USUAL;
    }

    /** The body if it is passed on as it arrives; null if it is complete. */
    public @Nullable Upload upload() {
        return body.upload();
    }
}
