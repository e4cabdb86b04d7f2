package dev.foretell.router.upstream.call;

import dev.foretell.commons.identity.WorkerId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a call differs from the usual one, which has JSON for its body and no wishes.
 *
 * @param events whether the caller wants server-sent events, where the answer is a stream
 * @param body what its body is
 * @param dialect in what other way the model's function is called; null for none
 * @param notAt workers that it is not to go to
 * @param batch how many calls are in it, in the form of {@link dev.foretell.commons.wire.BatchForm}; 0 where it is but one
 */
public record RequestOptions(
        boolean events, Body body, @Nullable Dialect dialect, Set<WorkerId> notAt, int batch) {
    /** Media type of server-sent events. */
    public static final String EVENTS_TYPE = "text/event-stream";

    /** Of nearly every call: nothing is unusual. */
    public static final RequestOptions USUAL = new RequestOptions(false, Body.JSON, null, Set.of(), 0);

    public static final RequestOptions EVENTS = new RequestOptions(true, Body.JSON, null, Set.of(), 0);

    public RequestOptions {
        notAt = Set.copyOf(notAt);
    }

    /**
     * What a body is.
     *
     * @param type its media type; null for JSON
     * @param encoding how it is encoded; null for not at all
     * @param upload the body itself, where it is passed on while it comes in; null where it is there
     */
    public record Body(
            @Nullable String type,
            @Nullable String encoding,
            @Nullable Upload upload) {
        /** JSON, as it is, and there. */
        public static final Body JSON = new Body(null, null, null);

        /** {@link #JSON} itself where it is that. */
        public static Body of(@Nullable String type, @Nullable String encoding, @Nullable Upload upload) {
            return type == null && encoding == null && upload == null ? JSON : new Body(type, encoding, upload);
        }

        /** As it is, and there. */
        public static Body ofType(@Nullable String type) {
            return of(type, null, null);
        }
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
        return workers.isEmpty() ? USUAL : new RequestOptions(false, Body.JSON, null, workers, 0);
    }

    /** Of this many calls in one request. */
    public static RequestOptions ofBatch(int calls) {
        return new RequestOptions(false, Body.JSON, null, Set.of(), calls);
    }

    /** In another dialect, with a body of this type. */
    public static RequestOptions of(Dialect dialect, Body body) {
        return new RequestOptions(false, body, dialect, Set.of(), 0);
    }

    /** The same with another body; {@link #USUAL} where nothing is unusual then. */
    public RequestOptions with(Body other) {
        return other.equals(body) ? this : new RequestOptions(events, other, dialect, notAt, batch);
    }

    /** Whether nothing is unusual: one look, since only {@link #USUAL} is. */
    public boolean isUsual() {
        return this == USUAL;
    }

    /** The body, where it is passed on while it comes in; null where it is there. */
    public @Nullable Upload upload() {
        return body.upload();
    }
}
