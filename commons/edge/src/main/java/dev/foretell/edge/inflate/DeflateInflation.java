package dev.foretell.edge.inflate;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** "deflate": in the zlib format (RFC 1950), or in the raw format (RFC 1951) that some clients send. */
final class DeflateInflation implements Inflation {
    private static final int HEAD_BYTES = 2;

    private byte[] head = {};
    private @Nullable Inflater inflater;

    @Override
    public void feed(byte[] compressed) {
        if (inflater != null) {
            inflater.setInput(compressed);
            return;
        }
        byte[] sofar = Arrays.copyOf(head, head.length + compressed.length);
        System.arraycopy(compressed, 0, sofar, head.length, compressed.length);
        if (sofar.length < HEAD_BYTES) {
            head = sofar;
            return;
        }
        inflater = new Inflater(!isZlib(sofar[0] & 0xff, sofar[1] & 0xff));
        inflater.setInput(sofar);
    }

    private static boolean isZlib(int first, int second) {
        return (first & 0xf) == 8 && (first << 8 | second) % 31 == 0;
    }

    @Override
    public int inflate(byte[] room) throws DataFormatException {
        Inflater running = inflater;
        if (running == null) {
            return 0;
        }
        int written = running.inflate(room);
        if (written == 0 && running.needsDictionary()) {
            throw new DataFormatException("a dictionary is wanted");
        }
        if (running.finished() && running.getRemaining() > 0) {
            throw new DataFormatException("something follows its end");
        }
        return written;
    }

    @Override
    public boolean isWhole() {
        return inflater != null && inflater.finished();
    }

    @Override
    public void close() {
        if (inflater != null) {
            inflater.end();
        }
    }
}
