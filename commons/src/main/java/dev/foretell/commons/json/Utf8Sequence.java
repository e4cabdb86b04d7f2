package dev.foretell.commons.json;

/** The bytes of one non-ASCII character in UTF-8, one after the other: the table of RFC 3629, 4. */
final class Utf8Sequence {
    static final int WRONG = -1;
    static final int COMPLETE = 0;
    private static final int ONE_MORE = 1;
    private static final int TWO_MORE = 2;
    private static final int THREE_MORE = 3;
    private static final int AFTER_E0 = 4;
    private static final int AFTER_ED = 5;
    private static final int AFTER_F0 = 6;
    private static final int AFTER_F4 = 7;

    private Utf8Sequence() {}

    /** The state after the first byte; {@link #WRONG} if no character starts with it. */
    static int begin(byte first) {
        int c = first & 0xFF;
        if (c < 0xC2 || c > 0xF4) {
            return WRONG;
        }
        return switch (c) {
            case 0xE0 -> AFTER_E0;
            case 0xED -> AFTER_ED;
            case 0xF0 -> AFTER_F0;
            case 0xF4 -> AFTER_F4;
            default -> c < 0xE0 ? ONE_MORE : c < 0xF0 ? TWO_MORE : THREE_MORE;
        };
    }

    /** The state after another byte: {@link #COMPLETE} after the last one, {@link #WRONG} if the byte does not continue it. */
    static int next(int state, byte following) {
        int c = following & 0xFF;
        return switch (state) {
            case ONE_MORE -> after(c, 0x80, 0xBF, COMPLETE);
            case TWO_MORE -> after(c, 0x80, 0xBF, ONE_MORE);
            case THREE_MORE -> after(c, 0x80, 0xBF, TWO_MORE);
            case AFTER_E0 -> after(c, 0xA0, 0xBF, ONE_MORE);
            case AFTER_ED -> after(c, 0x80, 0x9F, ONE_MORE);
            case AFTER_F0 -> after(c, 0x90, 0xBF, TWO_MORE);
            default -> after(c, 0x80, 0x8F, TWO_MORE);
        };
    }

    private static int after(int c, int min, int max, int next) {
        return c < min || c > max ? WRONG : next;
    }
}
