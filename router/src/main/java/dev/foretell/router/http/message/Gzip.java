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

/** One answer of the router's own, compressed for a caller that asks for it. Used once, by one thread at a time. */
public final class Gzip {
    /** Shorter than this, an answer fits a packet as it is. */
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

    /** Whether a caller asks for it (RFC 9110, 12.5.3). */
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

    /** What comes of the next piece: all of it, so that whoever reads it need not wait for the next. */
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

    /** Says so. */
    public static void announce(HttpServerRequest request) {
        request.response().putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    }

    /** Says that the answer depends on what is asked for. */
    public static void vary(HttpServerRequest request) {
        request.response().putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    }
}
