package dev.foretell.router.http;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Supplier;

/** Who may change the routing map, and see what is not for callers. */
record Writers(Supplier<CidrList> addresses) {
    /**
     * Lets a request pass, or not.
     *
     * @param what only they may do
     * @throws ServingException {@link FailureKind#FORBIDDEN}
     */
    void require(HttpServerRequest request, String what) {
        String peer = request.remoteAddress().hostAddress();
        if (peer == null || !addresses.get().contains(peer)) {
            throw new ServingException(
                    FailureKind.FORBIDDEN,
                    "this address may not " + what + "; the setting http.writes-from names those that may");
        }
    }
}
