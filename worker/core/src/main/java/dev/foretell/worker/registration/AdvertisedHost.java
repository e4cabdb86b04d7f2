package dev.foretell.worker.registration;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import java.util.Set;

/** The host at which a router reaches this worker. */
final class AdvertisedHost {
    private static final Set<String> ANY = Set.of("0.0.0.0", "::", "[::]", "0:0:0:0:0:0:0:0");

    private AdvertisedHost() {}

    /**
     * The user's setting; otherwise the host listened on; otherwise, if that is any address, the machine's first
     * address.
     */
    static String host(String advertise, String bound) {
        if (!advertise.isEmpty()) {
            return advertise;
        }
        return ANY.contains(bound) ? firstAddress() : bound;
    }

    private static String firstAddress() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(card -> Collections.list(card.getInetAddresses()).stream())
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .filter(Inet4Address.class::isInstance)
                    .map(InetAddress::getHostAddress)
                    .findFirst()
                    .orElse("127.0.0.1");
        } catch (SocketException e) {
            return "127.0.0.1";
        }
    }
}
