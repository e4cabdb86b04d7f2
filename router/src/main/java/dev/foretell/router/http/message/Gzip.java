package dev.foretell.router.http.message;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Compresses one of the router's own responses for a caller that accepts gzip. Used once, by one thread at a time. */
public final class Gzip {
    /** A shorter response fits into a packet uncompressed. */
    static final int MIN_BYTES = 1400;

    private static final Pattern NONE = Pattern.compile("q\\s*=\\s*0(\\.0{0,3})?");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final GZIPOutputStream gzip;

    public Gzip() {
        try {
            gzip = new GZIPOutputStream(out, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the caller accepts gzip (RFC 9110, 12.5.3). */
    public static boolean isWanted(HttpServerRequest request) {
        return isWanted(request.getHeader(HttpHeaders.ACCEPT_ENCODING));
    }

    static boolean isWanted(@Nullable String accepted) {
        if (accepted == null) {
            return false;
        }
        boolean any = false;
        for (String coding : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] nameAndWeight = coding.split(";", 2);
            boolean taken = nameAndWeight.length == 1
                    || !NONE.matcher(nameAndWeight[1].strip()).matches();
            String name = nameAndWeight[0].strip();
            if (name.equals("gzip") || name.equals("x-gzip")) {
                return taken;
            }
            any = name.equals("*") ? taken : any;
        }
        return any;
    }

    /** Compresses the next piece completely, so that the caller can use it without waiting for more. */
    public Buffer of(Buffer piece, boolean isLast) {
        try {
            gzip.write(piece.getBytes());
            if (isLast) {
                gzip.close();
            } else {
                gzip.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Buffer compressed = Buffer.buffer(out.toByteArray());
        out.reset();
        return compressed;
    }

    /** Sets the headers of a compressed response. */
    public static void announce(HttpServerRequest request) {
        request.response().putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    }

    /** Declares that the response depends on the request's Accept-Encoding. */
    public static void vary(HttpServerRequest request) {
        request.response().putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    }
}
