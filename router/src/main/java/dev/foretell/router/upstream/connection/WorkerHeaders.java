package dev.foretell.router.upstream.connection;

import dev.foretell.commons.wire.Headers;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Selects the headers of a worker's response for the caller: no headers of its connection, and none that belong to the
 * router.
 */
final class WorkerHeaders {
    /**
     * Headers of one connection (RFC 9110, 7.6.1), the length (which is written again), and headers that belong to the
     * router.
     */
    private static final List<AsciiString> KEPT_BACK = List.of(
            HttpHeaderNames.CONTENT_LENGTH,
            HttpHeaderNames.CONNECTION,
            HttpHeaderNames.TRANSFER_ENCODING,
            AsciiString.cached("keep-alive"),
            HttpHeaderNames.PROXY_AUTHENTICATE,
            AsciiString.cached("proxy-connection"),
            HttpHeaderNames.TE,
            HttpHeaderNames.TRAILER,
            HttpHeaderNames.UPGRADE,
            HttpHeaderNames.SET_COOKIE,
            HttpHeaderNames.SERVER,
            AsciiString.of(Headers.REQUEST_ID),
            AsciiString.of(Headers.ECHO));

    /** The router decides what a page may read of a response, and reports how it was produced. */
    private static final List<AsciiString> KEPT_BACK_FAMILIES = List.of(
            AsciiString.cached("access-control-"), AsciiString.cached("x-router-"), AsciiString.cached("x-foretell-"));

    private WorkerHeaders() {}

    static MultiMap forCaller(HttpHeaders all) {
        MultiMap headers = io.vertx.core.http.HttpHeaders.headers();
        Iterator<Map.Entry<CharSequence, CharSequence>> each = all.iteratorCharSequence();
        @Nullable String connection = null;
        while (each.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = each.next();
            if (!isKeptBack(header.getKey())) {
                headers.add(header.getKey(), header.getValue());
            } else if (HttpHeaderNames.CONNECTION.contentEqualsIgnoreCase(header.getKey())) {
                connection = header.getValue().toString();
            }
        }
        return connection == null ? headers : without(connection, headers);
    }

    /** Headers named in the worker's Connection header belong to its connection too. */
    private static MultiMap without(String connection, MultiMap headers) {
        for (String name : connection.split(",", -1)) {
            headers.remove(name.strip());
        }
        return headers;
    }

    private static boolean isKeptBack(CharSequence name) {
        for (AsciiString one : KEPT_BACK) {
            if (one.contentEqualsIgnoreCase(name)) {
                return true;
            }
        }
        for (AsciiString family : KEPT_BACK_FAMILIES) {
            if (family.regionMatches(true, 0, name, 0, family.length())) {
                return true;
            }
        }
        return false;
    }
}
