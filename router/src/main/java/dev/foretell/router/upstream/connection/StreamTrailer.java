package dev.foretell.router.upstream.connection;

import dev.foretell.commons.wire.Headers;
import dev.foretell.router.upstream.call.ResponseStream;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * What stands behind a stream's last piece (RFC 9110, 6.5): by it a worker tells that its function failed in mid-stream, when the
 * status had gone out. Routers ask for it where a function streams.
 */
final class StreamTrailer {
    /** Lines of a request's head. */
    static final String WANTED = "\r\nconnection: TE\r\nte: trailers";

    private StreamTrailer() {}

    /** Whether an answer's head says that there may be one. */
    static boolean isAnnounced(HttpHeaders head) {
        return head.contains(HttpHeaderNames.TRAILER, Headers.ERROR_OF, true);
    }

    static ResponseStream.End end(LastHttpContent last) {
        String whose = last.trailingHeaders().get(Headers.ERROR_OF);
        if (whose == null) {
            return ResponseStream.End.WHOLE;
        }
        return whose.equalsIgnoreCase(Headers.OF_INPUT)
                ? ResponseStream.End.REFUSED
                : ResponseStream.End.FUNCTION_FAILED;
    }
}
