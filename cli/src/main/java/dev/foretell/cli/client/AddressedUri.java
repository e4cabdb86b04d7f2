package dev.foretell.cli.client;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URI that Java's HTTP client accepts. It accepts no host names with underscores, as containers have: such a name is
 * looked up here and replaced by its address.
 */
final class AddressedUri {
    private static final Pattern AUTHORITY = Pattern.compile("([A-Za-z0-9._-]+)(:[0-9]{1,5})?");

    private AddressedUri() {}

    /** Looks up the address of a name. */
    interface Names {
        InetAddress find(String name) throws UnknownHostException;
    }

    /** @throws IllegalArgumentException if it has no host */
    static URI of(URI uri, Names names) throws UnknownHostException {
        if (uri.getHost() != null) {
            return uri;
        }
        Matcher authority = AUTHORITY.matcher(String.valueOf(uri.getRawAuthority()));
        if (!authority.matches()) {
            throw new IllegalArgumentException("no host in " + uri);
        }
        String address = names.find(authority.group(1)).getHostAddress();
        String host = address.contains(":") ? "[" + address + "]" : address;
        return URI.create(uri.toString().replaceFirst(Pattern.quote(authority.group(1)), host));
    }
}
