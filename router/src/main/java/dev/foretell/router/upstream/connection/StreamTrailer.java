package dev.foretell.router.upstream.connection;

import dev.foretell.commons.wire.Headers;
import dev.foretell.router.upstream.call.ResponseStream;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * The trailer after a stream's last piece (RFC 9110, 6.5). With it a worker reports that its function failed during the
 * stream, after the status was sent. Routers request it for streaming functions.
 */
final class StreamTrailer {
    /** Lines of a request's head. */
    static final String WANTED = "\r\nconnection: TE\r\nte: trailers";

    private StreamTrailer() {}

    /** Whether the head of a response announces a trailer. */
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
