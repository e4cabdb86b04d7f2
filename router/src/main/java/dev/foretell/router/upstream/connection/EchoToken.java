package dev.foretell.router.upstream.connection;

import io.netty.buffer.ByteBuf;

/** A token of 48 bits as eight characters. A worker repeats it to show which request its response belongs to. */
final class EchoToken {
    private static final int LENGTH = 8;
    private static final int BITS = 6;
    private static final int MASK = (1 << BITS) - 1;
    private static final byte[] DIGITS = digits();

    private EchoToken() {}

    private static byte[] digits() {
        byte[] digits = new byte[MASK + 1];
        String all = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
        for (int i = 0; i < digits.length; i++) {
            digits[i] = (byte) all.charAt(i);
        }
        return digits;
    }

    /** Writes the low bits and ignores the others. */
    static void write(ByteBuf out, long token) {
        for (int shift = (LENGTH - 1) * BITS; shift >= 0; shift -= BITS) {
            out.writeByte(DIGITS[(int) (token >> shift) & MASK]);
        }
    }

    static boolean matches(CharSequence text, long token) {
        if (text.length() != LENGTH) {
            return false;
        }
        int shift = (LENGTH - 1) * BITS;
        for (int i = 0; i < LENGTH; i++, shift -= BITS) {
            if (text.charAt(i) != DIGITS[(int) (token >> shift) & MASK]) {
                return false;
            }
        }
        return true;
    }
}
