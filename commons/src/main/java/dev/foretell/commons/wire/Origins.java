package dev.foretell.commons.wire;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Origins of web pages as somebody wrote them down, in the one spelling in which browsers send them (RFC 6454, 6.2). */
public final class Origins {
    private static final Pattern FORM =
            Pattern.compile("([a-z][a-z0-9+.-]*)://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

    private Origins() {}

    /**
     * Lower case, without the port that is the scheme's own.
     *
     * @throws IllegalArgumentException naming the first that is neither an origin nor {@code *}
     */
    public static List<String> check(List<String> origins) {
        return origins.stream().map(Origins::normalize).toList();
    }

    private static String normalize(String text) {
        Matcher parts = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (text.equals("*")) {
            return text;
        }
        if (!parts.matches()) {
            throw new IllegalArgumentException("allow-origins must be origins like https://page.example or"
                    + " http://localhost:3000, with nothing behind the host and port, or * for any, not '" + text
                    + "'");
        }
        String port = parts.group(3) == null ? "" : parts.group(3);
        String byDefault =
                parts.group(1).equals("https") ? ":443" : parts.group(1).equals("http") ? ":80" : "";
        return parts.group(1) + "://" + parts.group(2) + (port.equals(byDefault) ? "" : port);
    }
}
