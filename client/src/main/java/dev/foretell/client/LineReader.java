package dev.foretell.client;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of a body, as they arrive. */
final class LineReader {
    private final PieceQueue pieces;
    private final int maxBytes;
    private Iterator<ByteBuffer> buffers = List.<ByteBuffer>of().iterator();
    private ByteBuffer buffer = ByteBuffer.allocate(0);

    /** @param maxBytes of a line, and of an item */
    LineReader(PieceQueue pieces, int maxBytes) {
        this.pieces = pieces;
        this.maxBytes = maxBytes;
    }

    /** The next line without its end; null after the last. */
    byte @Nullable [] next() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (hasBytes()) {
            if (takeLine(line)) {
                return withoutReturn(line.toByteArray());
            }
            bound(line.size());
        }
        return line.size() == 0 ? null : line.toByteArray();
    }

    /** Everything that is left, line ends included. */
    byte[] rest() {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        while (hasBytes()) {
            bound(rest.size() + buffer.remaining());
            rest.writeBytes(take(buffer.remaining()));
        }
        return rest.toByteArray();
    }

    /** Fails if an item has more bytes than one may have. */
    void bound(int bytes) {
        if (bytes > maxBytes) {
            pieces.close();
            throw BoundedBody.tooLarge(maxBytes, pieces.requestId());
        }
    }

    private boolean hasBytes() {
        while (!buffer.hasRemaining()) {
            if (buffers.hasNext()) {
                buffer = buffers.next();
            } else {
                List<ByteBuffer> piece = pieces.take();
                if (piece == null) {
                    return false;
                }
                buffers = piece.iterator();
            }
        }
        return true;
    }

    /** Takes bytes up to the end of the line, if it is among them, or all. */
    private boolean takeLine(ByteArrayOutputStream line) {
        for (int i = buffer.position(); i < buffer.limit(); i++) {
            if (buffer.get(i) == '\n') {
                line.writeBytes(take(i - buffer.position()));
                buffer.get();
                return true;
            }
        }
        line.writeBytes(take(buffer.remaining()));
        return false;
    }

    private byte[] take(int bytes) {
        byte[] taken = new byte[bytes];
        buffer.get(taken);
        return taken;
    }

    private static byte[] withoutReturn(byte[] line) {
        return line.length > 0 && line[line.length - 1] == '\r' ? java.util.Arrays.copyOf(line, line.length - 1) : line;
    }
}
