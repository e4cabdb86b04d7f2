package dev.foretell.cli.options;

import dev.foretell.cli.terminal.CommandFailure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The option {@code -b HOST:PORT}. */
public final class BindAddress {
    private static final Pattern ADDRESS = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^:\\[\\]]*)):(\\d{1,5})");

    private BindAddress() {}

    /** Sets {@code http.host}, if it is given, and {@code http.port}; nothing without the option. */
    public static void addTo(TypedSettings settings, @Nullable String bind) {
        if (bind == null) {
            return;
        }
        Matcher address = ADDRESS.matcher(bind);
        if (!address.matches()) {
            throw CommandFailure.usage("-b takes HOST:PORT, as in 127.0.0.1:9001, not " + bind);
        }
        String host = address.group(1) == null ? address.group(2) : address.group(1);
        settings.put("http.host", "-b: the host", host.isEmpty() ? null : host);
        settings.put("http.port", "-b: the port", address.group(3));
    }
}
