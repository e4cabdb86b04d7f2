package dev.foretell.commons.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The host, and port, that a {@code Host} header or a web page's {@code Origin} names, in one spelling: lower case, without a
 * last dot, addresses in full.
 *
 * @param address null where the host is a name
 * @param port -1 where none is given
 */
public record Authority(String host, @Nullable InetAddress address, int port) {
    private static final Pattern FORM = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::(\\d{1,5}))?");
    private static final Pattern IPV4 = Pattern.compile("(?:(?:0|[1-9]\\d{0,2})\\.){3}(?:0|[1-9]\\d{0,2})");
    private static final int MAX = 300;

    /** Of a Host header; empty for what cannot be one, such as a host with a user before it. */
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

    /** Of a page's origin (RFC 6454), its port always given; empty for {@code null}, several, and what is no web page. */
    public static Optional<Authority> ofOrigin(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int byDefault = lower.startsWith("https://") ? 443 : lower.startsWith("http://") ? 80 : -1;
        return byDefault < 0
                ? Optional.empty()
                : ofHost(text.substring(text.indexOf("://") + 3)).map(authority -> authority.portOr(byDefault));
    }

    /** With this port, unless one is given. */
    public Authority portOr(int byDefault) {
        return port < 0 ? new Authority(host, address, byDefault) : this;
    }

    /** Whether no resolver can have it mean another machine (RFC 6761, 6.3). */
    public boolean isLoopback() {
        return address == null ? host.equals("localhost") || host.endsWith(".localhost") : address.isLoopbackAddress();
    }

    /** Looks nothing up: only literals get here. Null for a name. */
    private static @Nullable InetAddress address(String host) throws UnknownHostException {
        return host.startsWith("[") || IPV4.matcher(host).matches() ? InetAddress.getByName(host) : null;
    }
}
