package dev.foretell.router.events;

import java.util.regex.Pattern;

/** The id of a stored event: milliseconds and a number, {@code 1764445000000-0}. */
public final class EventId {
    /** Before all events. */
    public static final String BEGINNING = "0-0";

    private static final Pattern FORM = Pattern.compile("\\d{1,20}-\\d{1,20}");

    private EventId() {}

    /** Whether the store can have such an id: both numbers have at most 64 bits. */
    public static boolean isId(String text) {
        if (!FORM.matcher(text).matches()) {
            return false;
        }
        try {
            return compare(text, text) == 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Compares two ids by their order. */
    public static int compare(String one, String other) {
        int byTime = Long.compareUnsigned(millis(one), millis(other));
        return byTime != 0 ? byTime : Long.compareUnsigned(number(one), number(other));
    }

    private static long millis(String id) {
        return Long.parseUnsignedLong(id.substring(0, id.indexOf('-')));
    }

    private static long number(String id) {
        return Long.parseUnsignedLong(id.substring(id.indexOf('-') + 1));
    }
}
