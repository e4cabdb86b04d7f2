package dev.foretell.commons.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The host and port in a {@code Host} header or in a web page's {@code Origin}, in a canonical form: lower case,
 * without a trailing dot, with full addresses.
 *
 * @param address null if the host is a name
 * @param port -1 without a port
 */
public record Authority(String host, @Nullable InetAddress address, int port) {
    private static final Pattern FORM = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::(\\d{1,5}))?");
    private static final Pattern IPV4 = Pattern.compile("(?:(?:0|[1-9]\\d{0,2})\\.){3}(?:0|[1-9]\\d{0,2})");
    private static final int MAX = 300;

    /** Parses a Host header; empty if it is invalid, for example if a user name precedes the host. */
    public static Optional<Authority> ofHost(String text) {
        Matcher matcher = FORM.matcher(text);
        if (text.length() > MAX || !matcher.matches()) {
            return Optional.empty();
        }
        String host = matcher.group(1).toLowerCase(Locale.ROOT).replaceAll("\\.$", "");
        int port = matcher.group(2) == null ? -1 : Integer.parseInt(matcher.group(2));
        try {
            InetAddress address = address(host);
            return Optional.of(new Authority(address == null ? host : address.getHostAddress(), address, port));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /**
     * Parses the origin of a page (RFC 6454); the result always has a port. Empty for {@code null}, several origins,
     * and origins that are not web pages.
     */
    public static Optional<Authority> ofOrigin(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int byDefault = lower.startsWith("https://") ? 443 : lower.startsWith("http://") ? 80 : -1;
        return byDefault < 0
                ? Optional.empty()
                : ofHost(text.substring(text.indexOf("://") + 3)).map(authority -> authority.portOr(byDefault));
    }

    /** This authority, with the given port if it has none. */
    public Authority portOr(int byDefault) {
        return port < 0 ? new Authority(host, address, byDefault) : this;
    }

    /** Whether no resolver can map the host to another machine (RFC 6761, 6.3). */
    public boolean isLoopback() {
        return address == null ? host.equals("localhost") || host.endsWith(".localhost") : address.isLoopbackAddress();
    }

    /** Parses a literal address without a look-up. Null for a name. */
    private static @Nullable InetAddress address(String host) throws UnknownHostException {
        return host.startsWith("[") || IPV4.matcher(host).matches() ? InetAddress.getByName(host) : null;
    }
}
