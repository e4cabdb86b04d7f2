package dev.foretell.router.http.edge;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.wire.Authority;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Set;

/**
 * Tells what a page of another site has a browser do (cross-site request forgery) by what browsers say of themselves:
 * {@code Origin} (RFC 6454) with all that may change something, and {@code Sec-Fetch-Site} (Fetch Metadata).
 *
 * @param names of this router; a page of one that is configured is its own, at whatever port
 */
record CrossSiteCheck(AllowedHosts names) {
    private static final Set<String> OWN_SITES = Set.of("none", "same-origin");

    /** @throws ServingException {@link FailureKind#FORBIDDEN} where a page of another site is what asks */
    void requireOwn(HttpServerRequest request) {
        List<String> origins = request.headers().getAll(HttpHeaders.ORIGIN);
        List<String> sites = request.headers().getAll("Sec-Fetch-Site");
        if (!OWN_SITES.containsAll(sites) || !origins.stream().allMatch(origin -> isOwn(origin, request))) {
            throw new ServingException(
                    FailureKind.FORBIDDEN,
                    "a web page of another site asks for this, and such pages may not change things here; if it is this"
                            + " router's own, add its host to http.names, or set http.token and send that");
        }
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

    /** A Host without a port is at the port that is usual for the page's scheme: a proxy may have spoken TLS with it. */
    private static boolean isOf(Authority page, Authority host) {
        return page.host().equals(host.host())
                && (host.port() < 0 ? page.port() == 80 || page.port() == 443 : page.port() == host.port());
    }
}
