package dev.foretell.worker.registration;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Parses the URLs of routers that share their state. */
public final class RouterUrls {
    private static final Pattern URL =
            Pattern.compile("https?://([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?(/[!-~]*)?");

    private RouterUrls() {}

    /** Splits at commas. */
    public static List<String> split(String urls) {
        return Arrays.stream(urls.split(","))
                .map(String::strip)
                .filter(url -> !url.isEmpty())
                .toList();
    }

    /**
     * Removes duplicates and trailing slashes.
     *
     * @throws IllegalArgumentException with all invalid URLs
     */
    public static List<String> check(List<String> urls) {
        List<String> bad = urls.stream().filter(url -> !isUrl(url)).toList();
        if (!bad.isEmpty()) {
            throw new IllegalArgumentException("router must be a URL like http://localhost:8000, or several with commas"
                    + " between them, not "
                    + bad.stream().map(url -> "'" + url + "'").collect(Collectors.joining(", ")));
        }
        return urls.stream().map(url -> url.replaceAll("/+$", "")).distinct().toList();
    }

    /** The path of a URL, which exists if there is a proxy in front of the router. */
    static Optional<String> path(String url) {
        var parts = URL.matcher(url);
        return parts.matches()
                ? Optional.ofNullable(parts.group(3)).filter(path -> path.length() > 1)
                : Optional.empty();
    }

    private static boolean isUrl(String url) {
        var parts = URL.matcher(url);
        return parts.matches()
                && url.indexOf('?') < 0
                && url.indexOf('#') < 0
                && (parts.group(2) == null || isPort(parts.group(2).substring(1)));
    }

    private static boolean isPort(String digits) {
        int port = Integer.parseInt(digits);
        return port > 0 && port <= 65535;
    }
}
