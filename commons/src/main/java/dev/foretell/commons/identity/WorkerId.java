package dev.foretell.commons.identity;

/**
 * Identifies a worker: {@code host-port-local_worker_id}, as in {@code localhost-9001-0}. The host is a DNS name, an
 * IPv4 address, or an IPv6 address without brackets. The local id distinguishes workers at the same address.
 */
public record WorkerId(String host, int port, int localWorkerId) implements Comparable<WorkerId> {
    public WorkerId {
        if (!HostName.isOne(host)) {
            throw new IllegalArgumentException(
                    "host must be a DNS name or an IP address, not '" + NearestNames.abbreviate(host) + "'");
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
