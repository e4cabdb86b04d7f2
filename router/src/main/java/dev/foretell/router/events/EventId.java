package dev.foretell.router.events;

import java.util.regex.Pattern;

/** The id of a stored event: milliseconds and a number, {@code 1764445000000-0}. */
public final class EventId {
    private static final Pattern FORM = Pattern.compile("\\d{1,15}-\\d{1,15}");

    private EventId() {}

    public static boolean isId(String text) {
        return FORM.matcher(text).matches();
    }

    /** Compares two ids by their order. */
    public static int compare(String one, String other) {
        int dash = one.indexOf('-');
        int otherDash = other.indexOf('-');
        int byTime =
                Long.compare(Long.parseLong(one.substring(0, dash)), Long.parseLong(other.substring(0, otherDash)));
        return byTime != 0
                ? byTime
                : Long.compare(Long.parseLong(one.substring(dash + 1)), Long.parseLong(other.substring(otherDash + 1)));
    }
}
