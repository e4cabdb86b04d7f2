package dev.foretell.worker.training.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Reads UTF-8, with or without a byte order mark, in lines of bounded length. Refuses other encodings and files that are not text
 * with the line.
 */
final class TextInput extends Reader {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private static final int SIZE = 8192;

    private final InputStream bytes;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final ByteBuffer undecoded = ByteBuffer.allocate(SIZE).flip();
    private final CharBuffer text = CharBuffer.allocate(SIZE).flip();
    private final int longestLine;
    private boolean isEnd;
    private boolean isStarted;
    private int line = 1;
    private int length;

    TextInput(InputStream bytes, int longestLine) {
        this.bytes = bytes;
        this.longestLine = longestLine;
    }

    @Override
    public int read(char[] into, int from, int most) throws IOException {
        if (!text.hasRemaining() && !decode()) {
            return -1;
        }
        int count = Math.min(most, text.remaining());
        text.get(into, from, count);
        for (int i = from; i < from + count; i++) {
            check(into[i]);
        }
        return count;
    }

    /** Decodes the next characters; false at the end. Text before malformed bytes is read first, so that their line is known. */
    private boolean decode() throws IOException {
        while (true) {
            text.clear();
            CoderResult result = decoder.decode(undecoded, text, isEnd);
            text.flip();
            skipMark();
            if (text.hasRemaining()) {
                return true;
            }
            if (result.isError()) {
                throw Refusal.of(
                        "The table is not UTF-8: line " + line + " has bytes of another encoding. Save it as UTF-8.");
            }
            if (isEnd) {
                return false;
            }
            fill();
        }
    }

    private void skipMark() {
        if (!isStarted && text.hasRemaining()) {
            isStarted = true;
            if (text.get(0) == BYTE_ORDER_MARK) {
                text.get();
            }
        }
    }

    private void fill() throws IOException {
        undecoded.compact();
        int count = bytes.read(undecoded.array(), undecoded.position(), undecoded.remaining());
        isEnd = count < 0;
        undecoded.position(undecoded.position() + Math.max(0, count)).flip();
    }

    private void check(char character) {
        if (character == '\n') {
            line++;
            length = 0;
        } else if (character == 0) {
            throw Refusal.of(
                    "Line " + line + " has a zero byte: this is not a text file, or it is UTF-16; save it as UTF-8.");
        } else if (character < ' ' && character != '\t' && character != '\r' && character != '\f') {
            throw Refusal.of(
                    "Line " + line + " has a control character: this is not a text file, and a table is a CSV.");
        } else if (++length > longestLine) {
            throw Refusal.of("Line " + line + " is longer than " + longestLine + " characters.");
        }
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
