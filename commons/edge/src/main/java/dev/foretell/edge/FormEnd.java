package dev.foretell.edge;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the last boundary of a {@code multipart/form-data} body (RFC 2046, 5.1.1) in the bytes that pass. Vert.x ends a
 * request whose form breaks off as any other, and never ends the file that it breaks off in. Confined to one thread.
 */
public final class FormEnd {
    private static final Pattern BOUNDARY =
            Pattern.compile(";\\s*boundary\\s*=\\s*(?:\"([^\"]+)\"|([^\\s;\"]+))", Pattern.CASE_INSENSITIVE);

    /** How much may follow the last boundary: a line break, or a few words for old readers of mail. */
    private static final int MAX_EPILOGUE_BYTES = 1024;

    private final String last;
    private final int kept;
    private Buffer tail = Buffer.buffer();

    /** Looks for the boundary that a Content-Type names. */
    public FormEnd(@Nullable String contentType) {
        this.last = "--" + boundary(contentType == null ? "" : contentType) + "--";
        this.kept = last.length() + MAX_EPILOGUE_BYTES;
    }

    private static String boundary(String contentType) {
        Matcher named = BOUNDARY.matcher(contentType);
        if (!named.find()) {
            return "";
        }
        return named.group(1) == null ? named.group(2) : named.group(1);
    }

    /** Adds the next bytes of the body, which are not kept. */
    public void add(Buffer piece) {
        Buffer joined = piece.length() < kept ? tail.appendBuffer(piece) : piece;
        tail = Buffer.buffer(joined.getBytes(Math.max(0, joined.length() - kept), joined.length()));
    }

    /** Whether the last boundary has come. */
    public boolean hasCome() {
        return tail.toString(StandardCharsets.ISO_8859_1).contains(last);
    }
}
