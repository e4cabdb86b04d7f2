package dev.foretell.edge;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Detects the last boundary of a {@code multipart/form-data} body (RFC 2046, 5.1.1), which must be on its own line, as
 * form decoders require. Vert.x reports a truncated form like a complete one and never closes the truncated file.
 * Confined to one thread.
 */
public final class FormEnd {
    private static final Pattern BOUNDARY =
            Pattern.compile(";\\s*boundary\\s*=\\s*(?:\"([^\"]+)\"|([^\\s;\"]+))", Pattern.CASE_INSENSITIVE);

    private static final Pattern NESTED =
            Pattern.compile("content-type\\s*:\\s*multipart/.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Longer lines are data, or headers whose start is enough. */
    private static final int MAX_LINE_BYTES = 512;

    /** Stops counting here: a line of data may be longer than an int. */
    private static final int MAX_LENGTH = 1 << 20;

    private final String boundary;
    private final byte[] line = new byte[MAX_LINE_BYTES];
    private int length;
    private boolean isInHead;
    private boolean hasCome;
    private boolean isNested;

    /** Uses the boundary in a Content-Type. */
    public FormEnd(@Nullable String contentType) {
        this.boundary = "--" + boundary(contentType == null ? "" : contentType);
    }

    private static String boundary(String contentType) {
        Matcher named = BOUNDARY.matcher(contentType);
        if (!named.find()) {
            return "";
        }
        return named.group(1) == null ? named.group(2) : named.group(1);
    }

    /** Scans the next bytes of the body without keeping them. */
    public void add(Buffer piece) {
        ByteBuf bytes = ((BufferInternal) piece).getByteBuf();
        int at = bytes.readerIndex();
        for (int end = nextLineBreak(bytes, at); end >= 0; end = nextLineBreak(bytes, at)) {
            addToLine(bytes, at, end);
            endLine();
            at = end + 1;
        }
        addToLine(bytes, at, bytes.writerIndex());
    }

    private static int nextLineBreak(ByteBuf bytes, int from) {
        return bytes.indexOf(from, bytes.writerIndex(), (byte) '\n');
    }

    private void addToLine(ByteBuf bytes, int from, int to) {
        if (length < MAX_LINE_BYTES) {
            bytes.getBytes(from, line, length, Math.min(to - from, MAX_LINE_BYTES - length));
        }
        length = Math.min(length + (to - from), MAX_LENGTH);
    }

    private void endLine() {
        if (isInHead) {
            String field = line();
            isNested |= NESTED.matcher(field).matches();
            isInHead = !field.isEmpty();
        } else if (!hasCome) {
            String text = isBoundaryLong() ? line() : "";
            hasCome = text.equals(boundary + "--");
            isInHead = text.equals(boundary);
        }
        length = 0;
    }

    private boolean isBoundaryLong() {
        return length >= boundary.length() && length <= boundary.length() + 3;
    }

    private String line() {
        int end = Math.min(length, MAX_LINE_BYTES);
        boolean hasReturn = end > 0 && line[end - 1] == '\r';
        return new String(line, 0, hasReturn ? end - 1 : end, StandardCharsets.ISO_8859_1);
    }

    /** Whether the last boundary has arrived; anything after it is ignored. */
    public boolean hasCome() {
        return hasCome || (!isInHead && isBoundaryLong() && line().equals(boundary + "--"));
    }

    /**
     * Whether a part is itself a form ({@code multipart/mixed}, RFC 7578, 4.3), which decoders end at another place.
     */
    public boolean isNested() {
        return isNested;
    }
}
