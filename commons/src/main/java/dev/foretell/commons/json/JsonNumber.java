package dev.foretell.commons.json;

/** The grammar of a number (RFC 8259, 6), byte by byte. */
final class JsonNumber {
    static final int WRONG = -1;
    private static final int MINUS = 0;
    private static final int ZERO = 1;
    private static final int WHOLE = 2;
    private static final int POINT = 3;
    private static final int FRACTION = 4;
    private static final int E = 5;
    private static final int SIGN = 6;
    private static final int EXPONENT = 7;

    private JsonNumber() {}

    /** The state after the first byte; {@link #WRONG} if no number starts with it. */
    static int begin(byte c) {
        return c == '-' ? MINUS : c == '0' ? ZERO : isDigit(c) ? WHOLE : WRONG;
    }

    /** The state after another byte; {@link #WRONG} if the byte is not part of the number. */
    static int next(int state, byte c) {
        return switch (state) {
            case MINUS -> c == '-' ? WRONG : begin(c);
            case ZERO -> afterWhole(c);
            case WHOLE -> isDigit(c) ? WHOLE : afterWhole(c);
            case POINT -> isDigit(c) ? FRACTION : WRONG;
            case FRACTION -> isDigit(c) ? FRACTION : isE(c) ? E : WRONG;
            case E -> c == '+' || c == '-' ? SIGN : isDigit(c) ? EXPONENT : WRONG;
            default -> isDigit(c) ? EXPONENT : WRONG;
        };
    }

    private static int afterWhole(byte c) {
        return c == '.' ? POINT : isE(c) ? E : WRONG;
    }

    private static boolean isE(byte c) {
        return c == 'e' || c == 'E';
    }

    static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    static boolean mayEnd(int state) {
        return state == ZERO || state == WHOLE || state == FRACTION || state == EXPONENT;
    }

    /** Whether the state is within the digits of the exponent. */
    static boolean isInExponent(int state) {
        return state == EXPONENT;
    }

    /** The expected text, for people. */
    static String expectation(int state) {
        return state == ZERO ? "a number without leading zeros" : "a digit";
    }
}
