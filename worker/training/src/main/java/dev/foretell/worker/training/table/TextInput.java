package dev.foretell.worker.training.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Reads UTF-8, with or without a byte order mark, in lines of bounded length; refuses anything else at once. */
final class TextInput extends Reader {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Reader reader;
    private final int longestLine;
    private boolean started;
    private int line = 1;
    private int length;

    TextInput(InputStream bytes, int longestLine) {
        this.reader = new InputStreamReader(
                bytes,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        this.longestLine = longestLine;
    }

    @Override
    public int read(char[] into, int from, int most) throws IOException {
        if (!started) {
            started = true;
            return readFirst(into, from, most);
        }
        int count = decode(into, from, most);
        for (int i = from; i < from + count; i++) {
            check(into[i]);
        }
        return count;
    }

    private int readFirst(char[] into, int from, int most) throws IOException {
        int first = readOne();
        if (first == BYTE_ORDER_MARK) {
            first = readOne();
        }
        if (first < 0 || most == 0) {
            return -1;
        }
        into[from] = (char) first;
        check(into[from]);
        return 1;
    }

    private int readOne() throws IOException {
        char[] one = new char[1];
        return decode(one, 0, 1) < 0 ? -1 : one[0];
    }

    private int decode(char[] into, int from, int most) throws IOException {
        try {
            return reader.read(into, from, most);
        } catch (CharacterCodingException e) {
            throw Refusal.of("The table is not UTF-8, at line " + line + " or soon after it: save it as UTF-8.");
        }
    }

    private void check(char character) {
        if (character == '\n') {
            line++;
            length = 0;
        } else if (character == 0) {
            throw Refusal.of(
                    "Line " + line + " has a zero byte: this is not a text file, or it is UTF-16; save it as UTF-8.");
        } else if (++length > longestLine) {
            throw Refusal.of("Line " + line + " is longer than " + longestLine + " characters.");
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
