package dev.foretell.router.cache;

import dev.foretell.commons.wire.Headers;
import dev.foretell.router.upstream.call.Response;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A response without the parts that belong to one call. Immutable once it is cached, because event loops share it. */
public record CachedResponse(int status, MultiMap headers, Buffer body) implements Response {
    /** For the objects around the key and the response. */
    private static final int OVERHEAD = 512;

    /**
     * A copy of the response; null if other callers must not get it: not 200, a stream, or excluded by the worker's
     * headers (RFC 9111, 5.2.2).
     */
    public static @Nullable CachedResponse of(Response response) {
        return isForOthersToo(response)
                ? new CachedResponse(
                        200, common(response.headers()), response.body().copy())
                : null;
    }

    /** This response with one more header. */
    public CachedResponse with(String header, String value) {
        return new CachedResponse(status, HttpHeaders.headers().addAll(headers).set(header, value), body);
    }

    int bytes() {
        int sum = OVERHEAD + body.length();
        for (var header : headers) {
            sum += header.getKey().length() + header.getValue().length();
        }
        return sum;
    }

    private static boolean isForOthersToo(Response response) {
        String control = response.headers().get(HttpHeaders.CACHE_CONTROL);
        String type = response.headers().get(HttpHeaders.CONTENT_TYPE);
        return response.status() == 200
                && response.rest() == null
                && !response.headers().contains(HttpHeaders.SET_COOKIE)
                && (type == null || !type.startsWith("text/event-stream"))
                && (control == null || mayBeKept(control.toLowerCase(Locale.ROOT)));
    }

    private static boolean mayBeKept(String control) {
        return !control.contains("no-store") && !control.contains("no-cache") && !control.contains("private");
    }

    /** Removes headers that belong to the first call. */
    private static MultiMap common(MultiMap headers) {
        return HttpHeaders.headers().addAll(headers).remove(Headers.REQUEST_ID).remove(HttpHeaders.DATE);
    }
}
