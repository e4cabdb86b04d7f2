package dev.foretell.edge.inflate;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** "gzip" (RFC 1952): one or more members, each with its own head and checksum. */
final class GzipInflation implements Inflation {
    private static final int TRAILER_BYTES = 8;

    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private byte[] input = {};
    private int next;
    private GzipHead head = new GzipHead();
    private int trailerBytes;
    private long trailer;
    private long inflated;
    private boolean isWhole;

    @Override
    public void feed(byte[] compressed) {
        input = compressed;
        next = 0;
        inflater.setInput(compressed);
    }

    @Override
    public int inflate(byte[] room) throws DataFormatException {
        while (next < input.length) {
            isWhole = false;
            if (!head.isRead()) {
                head.read(input[next++]);
            } else if (inflater.finished()) {
                readTrailer(input[next++]);
            } else {
                int written = inflateSome(room);
                if (written > 0) {
                    return written;
                }
            }
        }
        return head.isRead() && !inflater.finished() ? inflateSome(room) : 0;
    }

    private int inflateSome(byte[] room) throws DataFormatException {
        inflater.setInput(input, next, input.length - next);
        int written = inflater.inflate(room);
        next = input.length - inflater.getRemaining();
        checksum.update(room, 0, written);
        inflated += written;
        return written;
    }

    /** The checksum and the length, each with the lowest byte first. */
    private void readTrailer(byte part) throws DataFormatException {
        trailer |= (part & 0xffL) << 8 * trailerBytes;
        if (++trailerBytes < TRAILER_BYTES) {
            return;
        }
        if (trailer != (checksum.getValue() | inflated << 32)) {
            throw new DataFormatException("its checksum is another");
        }
        inflater.reset();
        checksum.reset();
        head = new GzipHead();
        trailerBytes = 0;
        trailer = 0;
        inflated = 0;
        isWhole = true;
    }

    @Override
    public boolean isWhole() {
        return isWhole;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
