package dev.foretell.router.http.edge;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.wire.Authority;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Set;

/**
 * Detects requests that a page of another site makes a browser send (cross-site request forgery) by the browser's
 * headers: {@code Origin} (RFC 6454) on all requests that may change something, and {@code Sec-Fetch-Site} (Fetch
 * Metadata).
 *
 * @param names the router's names; a page with a configured name is its own, at any port
 */
record CrossSiteCheck(AllowedHosts names) {
    private static final Set<String> OWN_SITES = Set.of("none", "same-origin");

    /** @throws ServingException {@link FailureKind#FORBIDDEN} if a page of another site sends the request */
    void requireOwn(HttpServerRequest request) {
        List<String> origins = request.headers().getAll(HttpHeaders.ORIGIN);
        List<String> sites = request.headers().getAll("Sec-Fetch-Site");
        if (!OWN_SITES.containsAll(sites) || !origins.stream().allMatch(origin -> isOwn(origin, request))) {
            throw new ServingException(
                    FailureKind.FORBIDDEN,
                    "a web page of another site sent this request, and such pages may not see or change anything here;"
                            + " if it is this"
                            + " router's own, add its host to http.names, or set http.token and send that");
        }
    }

    /**
     * Whether a browser is about to show the response as a page of its own: the page with the link cannot read it. Browsers
     * without Fetch Metadata send no Origin then.
     */
    static boolean isNavigation(HttpServerRequest request) {
        return "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
                && "document".equals(request.getHeader("Sec-Fetch-Dest"))
                && !request.headers().contains(HttpHeaders.ORIGIN);
    }

    private boolean isOwn(String origin, HttpServerRequest request) {
        return Authority.ofOrigin(origin)
                .filter(page -> names.contains(page.host()) || isOf(page, AllowedHosts.requestNames(request)))
                .isPresent();
    }

    private static boolean isOf(Authority page, List<String> hosts) {
        return !hosts.isEmpty()
                && hosts.stream()
                        .allMatch(host -> Authority.ofHost(host)
                                .filter(named -> isOf(page, named))
                                .isPresent());
    }

    /** A Host without a port has the default port of the page's scheme, because a proxy may have terminated TLS. */
    private static boolean isOf(Authority page, Authority host) {
        return page.host().equals(host.host())
                && (host.port() < 0 ? page.port() == 80 || page.port() == 443 : page.port() == host.port());
    }
}
