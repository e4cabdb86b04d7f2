package dev.foretell.worker.training.table;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells whether a value of a CSV is missing, a number, a date, or a text. */
public final class Words {
    /** The texts that mean a missing value. */
    public static final List<String> MISSING =
            List.of("", "?", "NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "None");

    private static final Set<String> MISSING_SET = Set.copyOf(MISSING);
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?");
    private static final Pattern DATE = Pattern.compile("\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}([T ]\\d{1,2}:\\d{2}.*)?"
            + "|\\d{1,2}[-/.]\\d{1,2}[-/.](\\d{4}|\\d{2})( \\d{1,2}:\\d{2}.*)?"
            + "|\\d{1,2}:\\d{2}(:\\d{2}(\\.\\d+)?)?"
            + "|\\d{1,2}[- ](Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*[- ]\\d{2,4}.*");

    private static final Pattern COMMA_NUMBER = Pattern.compile("[+-]?\\d[\\d.']*,\\d[\\d,.]*([eE][+-]?\\d{1,4})?");

    private Words() {}

    /** Whether a text means a missing value. */
    public static boolean isMissing(String text) {
        return MISSING_SET.contains(text);
    }

    static boolean date(String text) {
        return text.length() < 64 && DATE.matcher(text).matches();
    }

    /** Whether a text is a number with a comma before its decimals or between its thousands. */
    static boolean commaNumber(String text) {
        return text.length() < 64 && COMMA_NUMBER.matcher(text).matches();
    }

    /** Empty if the text is not a decimal number; infinite if it is too large for a double. */
    static OptionalDouble number(String text) {
        if (text.length() > 400 || !NUMBER.matcher(text).matches()) {
            return OptionalDouble.empty();
        }
        double number = Double.parseDouble(text);
        return OptionalDouble.of(number);
    }
}
