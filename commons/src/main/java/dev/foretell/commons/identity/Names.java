package dev.foretell.commons.identity;

import java.util.regex.Pattern;

/** The one rule for names of model types, models and functions: {@code [A-Za-z0-9._-]{1,128}}, and not dots alone. */
public final class Names {
    /** The longest name there is. */
    public static final int MAX_CHARACTERS = 128;

    /** What a name is, for people. */
    public static final String RULE = "1 to 128 letters (a to z), digits, dots, dashes or underscores";

    private static final Pattern ALLOWED = Pattern.compile("(?!\\.+$)[A-Za-z0-9._-]{1,128}");

    private Names() {}

    public static boolean isValid(String name) {
        return ALLOWED.matcher(name).matches();
    }

    /**
     * Returns the name it was given.
     *
     * @throws IllegalArgumentException if the name is not allowed; the message names what it is the name of
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
