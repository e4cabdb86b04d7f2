package dev.foretell.worker.onnx.shelf;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as people write them: {@code 512m}. */
public final class ByteSize {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})([kmg]?)b?");
    /** Less than this, without a unit, is meant to have one. */
    private static final long LEAST_PLAIN = 1 << 20;

    private ByteSize() {}

    /** @throws IllegalArgumentException with the name of the setting */
    public static long parse(String setting, String text) {
        Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw new IllegalArgumentException(setting + " must be a size like 512m or 10g, not '" + text + "'");
        }
        long number = Long.parseLong(matcher.group(1));
        if (matcher.group(2).isEmpty() && number < LEAST_PLAIN) {
            throw new IllegalArgumentException(setting + " must be a size like 512m or 10g: " + text
                    + " is as many bytes; did you mean " + number + "m?");
        }
        return switch (matcher.group(2)) {
            case "k" -> number << 10;
            case "m" -> number << 20;
            case "g" -> number << 30;
            default -> number;
        };
    }

    /** In whole megabytes, at least 1. */
    public static String format(long bytes) {
        return Math.max(1, (bytes + (1 << 19)) >> 20) + " MB";
    }
}
