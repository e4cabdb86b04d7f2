package dev.foretell.commons.identity;

import java.util.regex.Pattern;

/** The rule for names of model types, models and functions: {@code [A-Za-z0-9._-]{1,128}}, but not only dots. */
public final class Names {
    /** The maximum length of a name. */
    public static final int MAX_CHARACTERS = 128;

    /** The rule as text for people. */
    public static final String RULE = "1 to 128 letters (a to z), digits, dots, dashes or underscores";

    private static final Pattern ALLOWED = Pattern.compile("(?!\\.+$)[A-Za-z0-9._-]{1,128}");

    private Names() {}

    public static boolean isValid(String name) {
        return ALLOWED.matcher(name).matches();
    }

    /**
     * Returns the name.
     *
     * @throws IllegalArgumentException if the name is not allowed; the message says what the name is for
     */
    public static String require(String what, String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException(what + " " + quote(name) + " must be " + RULE);
        }
        return name;
    }

    private static String quote(String name) {
        return "'" + (name.length() > 40 ? name.substring(0, 40) + "…" : name) + "'";
    }
}
