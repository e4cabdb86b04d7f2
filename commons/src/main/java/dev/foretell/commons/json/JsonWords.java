package dev.foretell.commons.json;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** Describes JSON errors and their place for people. */
final class JsonWords {
    /** The expected text in place of an object's name. */
    static final String NAME = "a name in double quotes";

    private static final int MAX_WORD = 20;
    /** Common spellings from other languages, with their JSON equivalents. */
    private static final Map<String, String> OTHERS = Map.of(
            "true", "true", "false", "false", "null", "null", "none", "null", "nil", "null", "undefined", "null");

    private JsonWords() {}

    /** Describes the text at {@code at} (in a text that starts at {@code from}) and the expected text. */
    static String instead(byte[] text, int from, int at, int end, String wanted) {
        byte found = text[at];
        if (isLetter(found) && wanted.equals(NAME)) {
            return "a name must be in double quotes: \"" + word(text, at, end) + "\"";
        }
        if (isLetter(found)) {
            return unknownWord(text, at, end);
        }
        return "unexpected " + describe(text, at, end)
                + ((found == '}' || found == ']') && isAfterComma(text, from, at)
                        ? " after a comma"
                        : " where " + wanted + " was expected");
    }

    static String unknownWord(byte[] text, int from, int end) {
        String word = word(text, from, end);
        String meant = OTHERS.get(word.toLowerCase(Locale.ROOT));
        return "JSON has no " + word
                + (word.equals("NaN") || word.equals("Infinity")
                        ? ""
                        : meant == null ? "; text goes between double quotes" : ", but " + meant);
    }

    private static String word(byte[] text, int from, int end) {
        int to = from;
        while (to < end && to - from < MAX_WORD && isLetter(text[to])) {
            to++;
        }
        return new String(text, from, Math.max(to, from + 1) - from, StandardCharsets.US_ASCII);
    }

    private static boolean isAfterComma(byte[] text, int from, int at) {
        int before = at - 1;
        while (before >= from && text[before] <= ' ') {
            before--;
        }
        return before >= from && text[before] == ',';
    }

    private static boolean isLetter(byte c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** The character, such as a typographic quote; or the byte if it is not printable. */
    private static String describe(byte[] text, int at, int end) {
        byte found = text[at];
        int length = found >= 0 ? 1 : found < (byte) 0xE0 ? 2 : found < (byte) 0xF0 ? 3 : 4;
        boolean isSeen =
                found > ' ' && found < 0x7F || length > 1 && at + length <= end && Utf8.isValid(text, at, length);
        return isSeen
                ? "'" + new String(text, at, length, StandardCharsets.UTF_8) + "'"
                : String.format(Locale.ROOT, "byte 0x%02X", found);
    }

    /** The line and the column in bytes, both starting at 1. */
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
