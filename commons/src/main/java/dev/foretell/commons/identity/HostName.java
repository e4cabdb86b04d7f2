package dev.foretell.commons.identity;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Checks host names: a DNS name (RFC 1123, plus the underscores of container names), an IPv4 address, or an IPv6
 * address without brackets. A name that ends in a number must be an IPv4 address (WHATWG URL, "ends in a number").
 */
final class HostName {
    private static final String LABEL = "(?!-)[A-Za-z0-9_-]{1,63}+(?<!-)";
    private static final String NUMBER = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern NAME = Pattern.compile("(?=.{1,253}$)(" + LABEL + "\\.)*(?![0-9]+$)" + LABEL);
    private static final Pattern V4 = Pattern.compile("(" + NUMBER + "\\.){3}" + NUMBER);
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private HostName() {}

    static boolean isOne(String text) {
        return V4.matcher(text).matches() || NAME.matcher(text).matches() || isV6(text);
    }

    /** Java parses a text with a colon as an address and never looks it up. */
    private static boolean isV6(String text) {
        try {
            return V6.matcher(text).matches() && InetAddress.getByName(text) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
