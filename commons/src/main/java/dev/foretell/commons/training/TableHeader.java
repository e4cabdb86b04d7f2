package dev.foretell.commons.training;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.NearestNames;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The names of a table's columns, from the first bytes of its CSV (RFC 4180). A header that is too long, or that cannot be read, is
 * left to the trainer. Pure.
 */
public record TableHeader(List<String> names) {
    /** How many bytes of a table are read for its header. */
    public static final int MAX_BYTES = 64 * 1024;

    private static final int MAX_LISTED = 300;

    public TableHeader {
        names = List.copyOf(names);
    }

    /**
     * @param start the table up to {@link #MAX_BYTES}
     * @return no names where the header does not end within that, or is not text
     */
    public static TableHeader of(byte[] start, char separator) {
        int end = lineEnd(start);
        try {
            String line = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(start, 0, Math.max(0, end)))
                    .toString();
            return new TableHeader(values(line.startsWith("\uFEFF") ? line.substring(1) : line, separator));
        } catch (CharacterCodingException notText) {
            return new TableHeader(List.of());
        }
    }

    /** After the first line with a letter in it, quotes considered; -1 where it does not end. */
    private static int lineEnd(byte[] start) {
        boolean isQuoted = false;
        boolean isBlank = true;
        for (int i = 0; i < start.length; i++) {
            isQuoted ^= start[i] == '"';
            boolean ends = !isQuoted && (start[i] == '\n' || start[i] == '\r');
            if (ends && !isBlank) {
                return i;
            }
            isBlank &= start[i] == '\n' || start[i] == '\r';
        }
        return start.length < MAX_BYTES && !isQuoted ? start.length : -1;
    }

    private static List<String> values(String line, char separator) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean isQuoted = false;
        for (char letter : (line.strip() + separator).toCharArray()) {
            if (letter == separator && !isQuoted) {
                values.add(unquote(value.toString().strip()));
                value.setLength(0);
            } else {
                isQuoted ^= letter == '"';
                value.append(letter);
            }
        }
        return values;
    }

    private static String unquote(String value) {
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1).replace("\"\"", "\"").strip()
                : value;
    }

    /** @throws ServingException INVALID_INPUT if a column that the order names is not among these */
    public void require(TableParameters order) {
        require("target", order.target());
        order.ignored().forEach(column -> require("column to ignore", column));
        order.categories().forEach(column -> require("column of categories", column));
    }

    /** A header of one name may have another separator: the trainer tells. */
    private void require(String what, String column) {
        if (names.size() > 1) {
            requireColumn(what, column);
        }
    }

    /**
     * @param what the column is for
     * @throws ServingException INVALID_INPUT with similar names if there is no such column
     */
    public void requireColumn(String what, String column) {
        if (!names.contains(column)) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "the " + what + " '" + NearestNames.abbreviate(column)
                            + "' is not a column of the table, which has " + list() + NearestNames.of(column, names));
        }
    }

    /** The first names, whole, and how many more there are. */
    private String list() {
        int shown = 0;
        int letters = 0;
        while (shown < names.size() && letters + names.get(shown).length() <= MAX_LISTED) {
            letters += names.get(shown++).length() + 2;
        }
        String listed = String.join(", ", names.subList(0, shown));
        int more = names.size() - shown;
        return more == 0 ? listed : shown == 0 ? more + " columns" : listed + " and " + more + " more";
    }
}
