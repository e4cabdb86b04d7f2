package dev.foretell.cli.options;

import dev.foretell.cli.terminal.CommandFailure;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code -b HOST:PORT} sets. */
public final class BindAddress {
    private static final Pattern ADDRESS = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^:\\[\\]]*)):(\\d{1,5})");

    private BindAddress() {}

    /** {@code http.host}, where one is named, and {@code http.port}. */
    public static Map<String, String> flags(String bind) {
        Matcher address = ADDRESS.matcher(bind);
        if (!address.matches()) {
            throw CommandFailure.usage("-b takes HOST:PORT, as in 127.0.0.1:9001, not " + bind);
        }
        Map<String, String> flags = new HashMap<>();
        String host = address.group(1) == null ? address.group(2) : address.group(1);
        if (!host.isEmpty()) {
            flags.put("http.host", host);
        }
        flags.put("http.port", address.group(3));
        return flags;
    }
}
