package dev.foretell.commons.json;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** How people are told what is wrong with their JSON, and where. */
final class JsonWords {
    private static final int LONGEST_WORD = 20;

    private JsonWords() {}

    /** What is there instead of what was wanted. */
    static String instead(byte[] text, int at, int end, byte found, String wanted) {
        return isLetter(found)
                ? unknownWord(text, at, end)
                : "unexpected " + shown(found) + " where " + wanted + " was expected";
    }

    static String unknownWord(byte[] text, int from, int end) {
        int to = from;
        while (to < end && to - from < LONGEST_WORD && isLetter(text[to])) {
            to++;
        }
        return "JSON has no " + new String(text, from, Math.max(to, from + 1) - from, StandardCharsets.US_ASCII);
    }

    private static boolean isLetter(byte c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static String shown(byte found) {
        return found > ' ' && found < 0x7F
                ? "'" + (char) found + "'"
                : String.format(Locale.ROOT, "byte 0x%02X", found);
    }

    /** The line and the column, in bytes, both from 1. */
    static String where(byte[] text, int base, int at) {
        int line = 1;
        int lineFrom = 0;
        for (int i = 0; i < at; i++) {
            if (text[base + i] == '\n') {
                line++;
                lineFrom = i + 1;
            }
        }
        return " (line " + line + ", column " + (at - lineFrom + 1) + ")";
    }
}
