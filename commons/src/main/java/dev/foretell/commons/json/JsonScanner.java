package dev.foretell.commons.json;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;

/**
 * Scans one JSON text as it arrives, strictly by RFC 8259 and strictly UTF-8. It builds no tree, stores no names, and
 * reads each byte once. Jackson accepts every text that the scanner accepts, with the same bounds on nesting and on the
 * length of numbers and names. It skips a leading byte order mark. Used once, by one thread.
 */
public final class JsonScanner {
    static final int MAX_DIGITS = 1000;
    /** No Java type holds a number with more digits. */
    static final int MAX_EXPONENT_DIGITS = 9;

    static final int MAX_NAME = 50_000;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    /**
     * Receives the parts of the outermost object or array, in order. Positions count from the first byte of the text.
     */
    public interface Parts {
        /** Ignores all parts. */
        Parts NONE = new Parts() {
            @Override
            public void root(byte first) {}

            @Override
            public void part(byte[] text, int base, int nameFrom, int nameTo, int from, int to) {}
        };

        /** The first byte of the text's value has arrived; it determines the kind of the value. */
        void root(byte first);

        /**
         * One member or element is complete.
         *
         * @param base where the text starts in the array
         * @param nameFrom where the name starts, without quotes and in its raw form; -1 in an array
         */
        void part(byte[] text, int base, int nameFrom, int nameTo, int from, int to);
    }

    /** What the scanner expects next. */
    private enum State {
        VALUE,
        ELEMENT_OR_END,
        NAME_OR_END,
        NAME,
        COLON,
        COMMA_OR_END,
        NOTHING,
        STRING,
        ESCAPE,
        HEX,
        SEQUENCE,
        NUMBER,
        WORD
    }

    private final Parts parts;
    private final boolean pairsSurrogates;

    private byte[] text = BYTE_ORDER_MARK;
    private int base;
    private int end;
    private int at;
    private State state = State.VALUE;

    private final OpenValues open = new OpenValues();
    private boolean started;
    private boolean inName;
    private int nameFrom = -1;
    private int nameTo;
    private int stringFrom;
    private int partFrom;

    private byte[] word = TRUE;
    private int wordAt;
    private int number;
    private int digits;
    private int exponentDigits;
    private int hexLeft;
    private int hex;
    private boolean wantsLowSurrogate;
    private int sequence;

    private JsonScanner(Parts parts, boolean pairsSurrogates) {
        this.parts = parts;
        this.pairsSurrogates = pairsSurrogates;
    }

    /** A scanner for text that is passed on unchanged. It accepts {@code "\ud800"}, as JSON does. */
    public static JsonScanner of(Parts parts) {
        return new JsonScanner(parts, false);
    }

    /**
     * A scanner for text whose strings will be stored. It refuses unpaired surrogates, because UTF-8 cannot encode
     * them.
     */
    public static JsonScanner ofStorable() {
        return new JsonScanner(Parts.NONE, true);
    }

    /** Scans a whole text. Fails like {@link #advance} and {@link #finish}. */
    public void scan(byte[] all, int from, int length) {
        advance(all, from, length);
        finish();
    }

    /**
     * Scans the bytes that have arrived since the last call.
     *
     * @param all the text from its start; the array may be a different one at each call
     * @param from where the text starts in the array
     * @param length the number of bytes that have arrived
     * @throws ServingException {@link FailureKind#MALFORMED} with the line and column of the error
     */
    public void advance(byte[] all, int from, int length) {
        text = all;
        base = from;
        end = length;
        while (at < end) {
            switch (state) {
                case STRING -> string();
                case NUMBER -> number();
                case WORD -> word();
                case ESCAPE -> escape();
                case HEX -> hex();
                case SEQUENCE -> sequence();
                default -> structure();
            }
        }
    }

    /**
     * Marks the end of the text.
     *
     * @throws ServingException {@link FailureKind#MALFORMED} if the text is incomplete
     */
    public void finish() {
        if (state == State.NUMBER && JsonNumber.mayEnd(number)) {
            valueEnds();
        }
        if (isEmpty()) {
            throw new ServingException(FailureKind.MALFORMED, "the body is empty");
        }
        if (state != State.NOTHING) {
            throw fails("the JSON ends too early");
        }
    }

    /** Whether only white space has arrived. */
    public boolean isEmpty() {
        return !started && state == State.VALUE;
    }

    /** The length of the byte order mark at the start of a text; 0 without one. */
    public static int lengthOfMark(byte[] text, int from, int length) {
        for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
            if (i >= length || text[from + i] != BYTE_ORDER_MARK[i]) {
                return 0;
            }
        }
        return BYTE_ORDER_MARK.length;
    }

    private void structure() {
        byte c = text[base + at];
        if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
            at++;
            return;
        }
        switch (state) {
            case VALUE -> value(c);
            case ELEMENT_OR_END -> {
                if (c == ']') {
                    close();
                } else {
                    value(c);
                }
            }
            case NAME_OR_END -> {
                if (c == '}') {
                    close();
                } else {
                    name(c);
                }
            }
            case NAME -> name(c);
            case COLON -> {
                require(c == ':', "a colon");
                at++;
                state = State.VALUE;
            }
            case COMMA_OR_END -> commaOrEnd(c);
            default -> throw fails("something follows the end of the body's value");
        }
    }

    private void commaOrEnd(byte c) {
        boolean object = open.isInObject();
        if (c == ',') {
            at++;
            state = object ? State.NAME : State.VALUE;
        } else {
            require(c == (object ? '}' : ']'), object ? "a comma or the object's end" : "a comma or the array's end");
            close();
        }
    }

    private void name(byte c) {
        require(c == '"', JsonWords.NAME);
        inName = true;
        beginString();
    }

    private void value(byte c) {
        if (!started && begins(c)) {
            return;
        }
        if (open.depth() == 1) {
            partFrom = at;
        }
        switch (c) {
            case '"' -> {
                inName = false;
                beginString();
            }
            case '{' -> open(true);
            case '[' -> open(false);
            case 't' -> begin(TRUE);
            case 'f' -> begin(FALSE);
            case 'n' -> begin(NULL);
            default -> {
                number = JsonNumber.begin(c);
                require(number != JsonNumber.WRONG, "a value");
                digits = c == '-' ? 0 : 1;
                exponentDigits = 0;
                at++;
                state = State.NUMBER;
            }
        }
    }

    /** Whether this is the first byte of a byte order mark instead of the value. */
    private boolean begins(byte c) {
        if (at == 0 && c == BYTE_ORDER_MARK[0]) {
            word = BYTE_ORDER_MARK;
            wordAt = 1;
            at++;
            state = State.WORD;
            return true;
        }
        if (at == 0 && Utf8.isGzip(c)) {
            throw Utf8.gzip();
        }
        if (c == 0 || c == (byte) 0xFE || c == (byte) 0xFF) {
            throw Utf8.notUtf8();
        }
        require("\"{[tfn".indexOf(c) >= 0 || JsonNumber.begin(c) != JsonNumber.WRONG, "a value");
        started = true;
        parts.root(c);
        return false;
    }

    private void begin(byte[] literal) {
        word = literal;
        wordAt = 1;
        at++;
        state = State.WORD;
    }

    private void word() {
        if (text[base + at] != word[wordAt]) {
            throw fails(
                    word == BYTE_ORDER_MARK
                            ? "the body must be UTF-8"
                            : JsonWords.unknownWord(text, base + at - wordAt, base + end));
        }
        at++;
        if (++wordAt == word.length) {
            if (word == BYTE_ORDER_MARK) {
                state = State.VALUE;
            } else {
                valueEnds();
            }
        }
    }

    private void open(boolean object) {
        if (open.isFull()) {
            throw fails("the JSON's nesting depth is over " + OpenValues.MAX_DEPTH);
        }
        open.open(object);
        at++;
        state = object ? State.NAME_OR_END : State.ELEMENT_OR_END;
    }

    private void close() {
        open.close();
        at++;
        valueEnds();
    }

    private void valueEnds() {
        if (open.depth() == 0) {
            state = State.NOTHING;
            return;
        }
        state = State.COMMA_OR_END;
        if (open.depth() == 1) {
            parts.part(text, base, open.isInObject() ? nameFrom : -1, nameTo, partFrom, at);
        }
    }

    private void beginString() {
        at++;
        stringFrom = at;
        state = State.STRING;
    }

    private void string() {
        byte[] bytes = text;
        int i = base + at;
        int stop = base + end;
        if (wantsLowSurrogate && bytes[i] != '\\') {
            throw halfPair();
        }
        while (i < stop) {
            byte c = bytes[i];
            if (c < ' ' || c == '"' || c == '\\') {
                break;
            }
            i++;
        }
        at = i - base;
        if (i < stop) {
            special(bytes[i]);
        }
    }

    private void special(byte c) {
        if (c == '"') {
            endString();
        } else if (c == '\\') {
            at++;
            state = State.ESCAPE;
        } else if (c >= 0) {
            throw fails("a control character in a string must be escaped");
        } else {
            sequence = Utf8Sequence.begin(c);
            inSequence();
        }
    }

    private void endString() {
        if (inName) {
            if (at - stringFrom > MAX_NAME) {
                throw fails("a name is longer than " + MAX_NAME + " bytes");
            }
            if (open.depth() == 1) {
                nameFrom = stringFrom;
                nameTo = at;
            }
            at++;
            state = State.COLON;
        } else {
            at++;
            valueEnds();
        }
    }

    /** One more byte of a non-ASCII character was read. */
    private void inSequence() {
        if (sequence == Utf8Sequence.WRONG) {
            throw notUtf8();
        }
        at++;
        state = sequence == Utf8Sequence.COMPLETE ? State.STRING : State.SEQUENCE;
    }

    private void sequence() {
        sequence = Utf8Sequence.next(sequence, text[base + at]);
        inSequence();
    }

    private void escape() {
        byte c = text[base + at];
        if (wantsLowSurrogate && c != 'u') {
            throw halfPair();
        }
        switch (c) {
            case 'u' -> {
                hexLeft = 4;
                hex = 0;
                state = State.HEX;
            }
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> state = State.STRING;
            default -> throw fails("there is no such escape in JSON");
        }
        at++;
    }

    private void hex() {
        int digit = Character.digit(text[base + at], 16);
        if (digit < 0) {
            throw fails("four hexadecimal digits must follow \\u");
        }
        hex = hex << 4 | digit;
        at++;
        if (--hexLeft == 0) {
            state = State.STRING;
            if (pairsSurrogates) {
                pair();
            }
        }
    }

    private void pair() {
        boolean low = Character.isLowSurrogate((char) hex);
        if (low != wantsLowSurrogate) {
            throw halfPair();
        }
        wantsLowSurrogate = Character.isHighSurrogate((char) hex);
    }

    private void number() {
        byte[] bytes = text;
        int i = base + at;
        int stop = base + end;
        int now = number;
        while (i < stop) {
            int next = JsonNumber.next(now, bytes[i]);
            if (next == JsonNumber.WRONG) {
                break;
            }
            now = next;
            digits += JsonNumber.isDigit(bytes[i]) ? 1 : 0;
            exponentDigits += JsonNumber.isInExponent(now) ? 1 : 0;
            i++;
        }
        number = now;
        at = i - base;
        if (digits > MAX_DIGITS) {
            throw fails("a number has more than " + MAX_DIGITS + " digits");
        }
        if (exponentDigits > MAX_EXPONENT_DIGITS) {
            throw fails("the exponent of a number has more than " + MAX_EXPONENT_DIGITS + " digits");
        }
        if (i < stop) {
            require(JsonNumber.mayEnd(now) && !JsonNumber.isDigit(bytes[i]), JsonNumber.expectation(now));
            valueEnds();
        }
    }

    private void require(boolean fits, String wanted) {
        if (!fits) {
            throw fails(JsonWords.instead(text, base, base + at, base + end, wanted));
        }
    }

    private ServingException notUtf8() {
        return fails("the body is not UTF-8");
    }

    private ServingException halfPair() {
        return fails("a string has half of a surrogate pair, which is not a character and cannot be stored");
    }

    private ServingException fails(String what) {
        return new ServingException(FailureKind.MALFORMED, what + JsonWords.where(text, base, Math.min(at, end)));
    }
}
