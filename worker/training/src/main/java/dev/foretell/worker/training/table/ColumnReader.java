package dev.foretell.worker.training.table;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Reads one column: numbers or texts, whichever its first value is. A value of the other kind, a date, and too many different
 * texts are refused at once.
 */
final class ColumnReader {
    private enum Holds {
        NOTHING,
        NUMBERS,
        TEXTS
    }

    /** With fewer rows, different texts in all rows may be chance. */
    private static final int ENOUGH_TO_JUDGE = 20;

    /** The sum of its squares is still finite, and a model's prediction fits a float. */
    private static final double LARGEST = 1e30;

    private static final String AS_CATEGORY =
            "name the column among the categories (parameters.categories, --category)";

    private final String name;
    private final boolean declaredTexts;
    private final int mostTexts;
    private final boolean isTarget;
    private final boolean keepsValues;
    private final Map<String, Integer> texts = new LinkedHashMap<>();
    private Holds holds = Holds.NOTHING;
    private double[] values = {};
    private double previous;
    private boolean isCounting = true;
    private int rows;
    private int missing;
    private int line;
    private int firstMissing;

    /** @param keepsValues whether {@link #values} is asked for; otherwise each value is forgotten once it is read */
    ColumnReader(String name, boolean declaredTexts, int mostTexts, boolean isTarget, boolean keepsValues) {
        this.name = name;
        this.keepsValues = keepsValues;
        this.isTarget = isTarget;
        this.declaredTexts = declaredTexts;
        this.mostTexts = mostTexts;
    }

    /**
     * Reads the value of the next row.
     *
     * @param line of the file, from 1
     * @return the number, the index of the text, or {@code NaN} where it is missing
     */
    double add(String text, int line) {
        this.line = line;
        double value = Words.isMissing(text) ? countMissing() : value(text);
        isCounting &= rows == 0 || value == previous + 1;
        previous = value;
        if (keepsValues) {
            keep(value);
        }
        rows++;
        return value;
    }

    private void keep(double value) {
        if (rows == values.length) {
            values = Arrays.copyOf(values, Math.max(64, rows + (rows >> 1)));
        }
        values[rows] = value;
    }

    private double countMissing() {
        firstMissing = missing++ == 0 ? line : firstMissing;
        return Double.NaN;
    }

    private double value(String text) {
        OptionalDouble number = declaredTexts ? OptionalDouble.empty() : Words.number(text);
        Holds kind = number.isPresent() ? Holds.NUMBERS : Holds.TEXTS;
        if (holds == Holds.NOTHING) {
            holds = kind;
        }
        if (!declaredTexts && kind == Holds.TEXTS) {
            requirePlainText(text);
        }
        if (holds != kind) {
            throw mixture(text);
        }
        return number.isPresent() ? moderate(number.getAsDouble(), text) : code(text);
    }

    private void requirePlainText(String text) {
        if (Words.date(text)) {
            throw Refusal.ofColumn(
                    name,
                    "holds dates or times (line " + line + ": " + Refusal.quote(text)
                            + "), which are not supported: give what matters of them as numbers, such as the month or the days since"
                            + " some day, or " + leaveOut());
        }
        if (Words.commaNumber(text)) {
            throw Refusal.ofColumn(
                    name,
                    line,
                    Refusal.quote(text)
                            + " is a number with a comma, and numbers have a decimal point and no other sign:"
                            + " write 1234.5, or " + AS_CATEGORY + " if its values are names.");
        }
    }

    /** The target cannot be left out. */
    private String leaveOut() {
        return isTarget ? "choose another target." : "leave the column out (parameters.ignore, --ignore).";
    }

    private double moderate(double number, String text) {
        if (Math.abs(number) > LARGEST) {
            throw Refusal.ofColumn(
                    name,
                    line,
                    Refusal.quote(text) + " is further from 0 than " + LARGEST
                            + ", the most that is taken: use a larger unit, or leave it empty if it is missing.");
        }
        return number;
    }

    private RuntimeException mixture(String text) {
        String difference = holds == Holds.NUMBERS
                ? "is not a number, as the values before it are"
                : "is a number, where the values before it are texts";
        return Refusal.ofColumn(
                name,
                line,
                Refusal.quote(text) + " " + difference + ". Correct the value, leave it empty if it is missing, or "
                        + AS_CATEGORY + ".");
    }

    private int code(String text) {
        Integer known = texts.get(text);
        if (known != null) {
            return known;
        }
        if (texts.size() == mostTexts && isTarget) {
            throw Refusal.ofColumn(
                    name,
                    "has more than " + mostTexts
                            + " different texts, the maximum for the classes of a target: if it holds numbers, write each with a"
                            + " decimal point and nothing else; if it holds ids or free text, choose another target.");
        }
        if (texts.size() == mostTexts) {
            throw Refusal.ofColumn(
                    name,
                    "has more than " + mostTexts
                            + " different texts, like ids or free text, which tell nothing about"
                            + " other rows: " + leaveOut());
        }
        texts.put(text, texts.size());
        return texts.size() - 1;
    }

    boolean texts() {
        return holds == Holds.TEXTS;
    }

    /** The line of its first missing value. */
    int firstMissing() {
        return firstMissing;
    }

    int missing() {
        return missing;
    }

    /** The value of the last row. */
    double last() {
        return previous;
    }

    List<String> categories() {
        return List.copyOf(texts.keySet());
    }

    double[] values() {
        return Arrays.copyOf(values, rows);
    }

    /** The column as a feature; without rows, unless it keeps its values. */
    Column feature() {
        requireUseful();
        return texts()
                ? new CategoryColumn(name, categories(), codes())
                : new NumberColumn(name, keepsValues ? values() : new double[0]);
    }

    private void requireUseful() {
        if (holds == Holds.NOTHING) {
            throw Refusal.ofColumn(name, "has no value in any row: " + leaveOut());
        }
        if (!texts() && countsRows()) {
            throw Refusal.ofColumn(name, "counts the rows, which tells nothing about other rows: " + leaveOut());
        }
        if (texts() && rows - missing >= ENOUGH_TO_JUDGE && texts.size() == rows - missing) {
            throw Refusal.ofColumn(
                    name,
                    "has a different text in every row, like an id, which tells nothing about other rows: "
                            + leaveOut());
        }
    }

    int[] codes() {
        return Arrays.stream(keepsValues ? values() : new double[0])
                .mapToInt(value -> Double.isNaN(value) ? CategoryColumn.MISSING : (int) value)
                .toArray();
    }

    private boolean countsRows() {
        return rows >= ENOUGH_TO_JUDGE && missing == 0 && isCounting;
    }

    String name() {
        return name;
    }
}
