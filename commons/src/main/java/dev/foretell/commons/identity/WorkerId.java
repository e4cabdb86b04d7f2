package dev.foretell.commons.identity;

import java.util.regex.Pattern;

/**
 * Which worker: {@code host-port-local_worker_id}, as in {@code localhost-9001-0}. The host is a DNS name, an IPv4 or an
 * IPv6 address (without brackets); the local id tells apart workers behind one address.
 */
public record WorkerId(String host, int port, int localWorkerId) implements Comparable<WorkerId> {
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:.]{2,45}");

    public WorkerId {
        if (!HOST.matcher(host).matches() || host.contains("..")) {
            throw new IllegalArgumentException("host must be a DNS name or an IP address");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
        }
        if (localWorkerId < 0) {
            throw new IllegalArgumentException("local_worker_id " + localWorkerId + " is negative");
        }
    }

    @Override
    public int compareTo(WorkerId other) {
        return toString().compareTo(other.toString());
    }

    /** The id as users see it: {@code localhost-9001-0}. */
    @Override
    public String toString() {
        return host + "-" + port + "-" + localWorkerId;
    }
}
