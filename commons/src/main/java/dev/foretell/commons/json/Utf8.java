package dev.foretell.commons.json;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Checks UTF-8 strictly: no overlong forms, no surrogates, no code points beyond the last character (RFC 3629). */
public final class Utf8 {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long OUTSIDE_ASCII = 0x8080_8080_8080_8080L;
    private static final int MARKED = 4;

    private Utf8() {}

    /** Whether a text has no unpaired surrogates, which UTF-8 cannot encode. JSON escapes can create them. */
    public static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            if (Character.isSurrogate(one)
                    && (Character.isLowSurrogate(one)
                            || ++i == text.length()
                            || !Character.isLowSurrogate(text.charAt(i)))) {
                return false;
            }
        }
        return true;
    }

    public static boolean isValid(byte[] text, int from, int length) {
        int ascii = ascii(text, from, length);
        if (ascii == length) {
            return true;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text, from + ascii, length - ascii));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** The number of leading ASCII bytes; may be a few too low. */
    private static int ascii(byte[] text, int from, int length) {
        int at = 0;
        while (at + Long.BYTES <= length && ((long) EIGHT.get(text, from + at) & OUTSIDE_ASCII) == 0) {
            at += Long.BYTES;
        }
        while (at < length && text[from + at] >= 0) {
            at++;
        }
        return at;
    }

    /**
     * Checks that a body is UTF-8 JSON, and not UTF-16 or UTF-32.
     *
     * @throws ServingException {@link FailureKind#MALFORMED}
     */
    public static void requireJson(byte[] body, int length) {
        if (length > 0 && isGzip(body[0])) {
            throw gzip();
        }
        for (int i = 0; i < Math.min(MARKED, length); i++) {
            if (body[i] == 0) {
                throw notUtf8();
            }
        }
        if (!isValid(body, 0, length)) {
            throw notUtf8();
        }
    }

    /** Of a first byte that is gzip's, which no text begins with (RFC 1952, 2.3.1). */
    static boolean isGzip(byte first) {
        return first == 0x1F;
    }

    static ServingException gzip() {
        return new ServingException(
                FailureKind.MALFORMED,
                "the body begins as gzip does, and no Content-Encoding says so: send it with Content-Encoding: gzip, or as"
                        + " it is");
    }

    static ServingException notUtf8() {
        return new ServingException(
                FailureKind.MALFORMED,
                "the body must be JSON in UTF-8; other content needs its Content-Type, such as image/jpeg");
    }
}
