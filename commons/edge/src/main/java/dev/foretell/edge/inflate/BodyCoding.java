package dev.foretell.edge.inflate;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The supported compressions of request bodies (RFC 9110, 8.4.1). */
public enum BodyCoding {
    GZIP,
    DEFLATE;

    /**
     * The compression to undo for a request's body, or null if there is none or it is unknown; then the request keeps
     * its Content-Encoding. Otherwise the request loses its Content-Encoding and its length.
     */
    public static @Nullable BodyCoding takeFrom(HttpRequest head) {
        List<String> lines = head.headers().getAll(HttpHeaderNames.CONTENT_ENCODING);
        if (lines.size() > 1) { // equivalent to one line with a list (RFC 9110, 5.3), which is refused
            head.headers().set(HttpHeaderNames.CONTENT_ENCODING, String.join(", ", lines));
            return null;
        }
        BodyCoding coding = lines.isEmpty() ? null : byName(lines.get(0).strip().toLowerCase(Locale.ROOT));
        if (coding != null) {
            becomePlain(head.headers());
        }
        return coding;
    }

    private static @Nullable BodyCoding byName(String name) {
        return switch (name) {
            case "gzip", "x-gzip" -> GZIP;
            case "deflate" -> DEFLATE;
            default -> null;
        };
    }

    private static void becomePlain(HttpHeaders headers) {
        headers.remove(HttpHeaderNames.CONTENT_ENCODING);
        headers.remove(HttpHeaderNames.CONTENT_LENGTH);
        headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }

    public Inflation inflation() {
        return switch (this) {
            case GZIP -> new GzipInflation();
            case DEFLATE -> new DeflateInflation();
        };
    }
}
