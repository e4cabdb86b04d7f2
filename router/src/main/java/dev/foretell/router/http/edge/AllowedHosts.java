package dev.foretell.router.http.edge;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.wire.Authority;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names by which requests may call this router. A page of another site whose own name was made to mean this machine (DNS
 * rebinding) passes for one of the router's own, but for the {@code Host} that its browser sends.
 *
 * @param listening what it listens at
 * @param names those that are configured, beside loopback's; where there are any, there are no others on the network
 */
record AllowedHosts(String listening, Set<String> names) {
    private static final int MAX_SHOWN = 100;

    /** @throws IllegalArgumentException naming the first that is no name */
    static AllowedHosts of(String listening, List<String> names) {
        return new AllowedHosts(
                Authority.ofHost(bracket(listening)).map(Authority::host).orElse(listening),
                names.stream().map(AllowedHosts::parse).collect(Collectors.toUnmodifiableSet()));
    }

    private static String parse(String text) {
        return Authority.ofHost(bracket(text))
                .filter(authority -> authority.port() < 0)
                .map(Authority::host)
                .orElseThrow(() -> new IllegalArgumentException(
                        "names must be names or addresses without a port, like router.example, not '" + text + "'"));
    }

    /** An address as it stands in a Host header. */
    private static String bracket(String host) {
        return host.indexOf(':') != host.lastIndexOf(':') && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    /** Whether it is configured. */
    boolean contains(String host) {
        return names.contains(host);
    }

    /**
     * A request without a name, HTTP/1.0's, is no browser's.
     *
     * @throws ServingException {@link FailureKind#FORBIDDEN} where it calls this router what it is not called
     */
    void require(HttpServerRequest request) {
        for (String host : requestNames(request)) {
            if (Authority.ofHost(host).filter(named -> isOwn(named, request)).isEmpty()) {
                String shown = host.length() > MAX_SHOWN ? host.substring(0, MAX_SHOWN) + "…" : host;
                throw new ServingException(
                        FailureKind.FORBIDDEN,
                        "this router is not known by the name '" + shown + "': call it by its address, add the name to"
                                + " http.names, or set http.token and send that");
            }
        }
    }

    /** What a request calls this router, in its Host and in its first line where that has a whole URL; all of it must fit. */
    static List<String> requestNames(HttpServerRequest request) {
        List<String> said = new ArrayList<>(request.headers().getAll(HttpHeaders.HOST));
        String target = request.uri();
        int scheme = target.startsWith("/") ? -1 : target.indexOf("://");
        if (scheme > 0) {
            said.add(target.substring(scheme + 3).replaceAll("[/?#].*", ""));
        }
        return said;
    }

    /**
     * From another machine any address will do, and any name that nobody configured others beside, unless a browser sends
     * it: such is a worker's that registers by a service's name.
     */
    private boolean isOwn(Authority host, HttpServerRequest request) {
        if (host.isLoopback() || contains(host.host()) || host.host().equals(listening)) {
            return true;
        }
        if (comesFromHere(request)) {
            return host.host().equals(request.localAddress().hostAddress());
        }
        return host.address() != null || (names.isEmpty() && !request.headers().contains(HttpHeaders.ORIGIN));
    }

    /** Whether a browser on this machine, or a proxy on it, may have sent it. */
    private static boolean comesFromHere(HttpServerRequest request) {
        SocketAddress peer = request.remoteAddress();
        SocketAddress here = request.localAddress();
        return isLoopback(peer) || isLoopback(here) || Objects.equals(peer.hostAddress(), here.hostAddress());
    }

    private static boolean isLoopback(SocketAddress address) {
        return Authority.ofHost(bracket(String.valueOf(address.hostAddress())))
                .filter(Authority::isLoopback)
                .isPresent();
    }
}
