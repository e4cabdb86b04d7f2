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
 * The names by which requests may address this router. A page of another site that resolves its own name to this
 * machine (DNS rebinding) looks like one of the router's own pages, except for the {@code Host} that the browser sends.
 *
 * @param listening the address that the router listens on
 * @param names the configured names, in addition to those of loopback; if there are any, requests from other machines
 *     must use one of them
 */
record AllowedHosts(String listening, Set<String> names) {
    private static final int MAX_SHOWN = 100;

    /** @throws IllegalArgumentException with the first invalid name */
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

    /** An address in the form of a Host header. */
    private static String bracket(String host) {
        return host.indexOf(':') != host.lastIndexOf(':') && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    /** Whether a host is configured. */
    boolean contains(String host) {
        return names.contains(host);
    }

    /**
     * Accepts a request without a name, as in HTTP/1.0: no browser sends one.
     *
     * @throws ServingException {@link FailureKind#FORBIDDEN} if the request uses a name that is not the router's
     */
    void require(HttpServerRequest request) {
        for (String host : requestNames(request)) {
            if (Authority.ofHost(host).filter(named -> isOwn(named, request)).isEmpty()) {
                String shown = host.length() > MAX_SHOWN ? host.substring(0, MAX_SHOWN) + "…" : host;
                throw new ServingException(
                        FailureKind.FORBIDDEN,
                        "this router is not known by the name '" + shown + "': use its address, add the name to"
                                + " http.names, or set http.token and send that");
            }
        }
    }

    /**
     * The names in a request: in its Host header, and in its first line if that has an absolute URL. All of them must
     * be allowed.
     */
    static List<String> requestNames(HttpServerRequest request) {
        List<String> given = new ArrayList<>(request.headers().getAll(HttpHeaders.HOST));
        String target = request.uri();
        int scheme = target.startsWith("/") ? -1 : target.indexOf("://");
        if (scheme > 0) {
            given.add(target.substring(scheme + 3).replaceAll("[/?#].*", ""));
        }
        return given;
    }

    /**
     * From another machine, any address is allowed. Any name is allowed too if none is configured, unless a browser
     * sends the request: workers register by the names of services.
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

    /** Whether a browser or a proxy on this machine may have sent the request. */
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
