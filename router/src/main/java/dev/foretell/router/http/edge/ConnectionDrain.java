package dev.foretell.router.http.edge;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.TimeUnit;

/**
 * While the router drains, each response announces that its connection closes, and closes it, so that the caller's next
 * call opens a connection to another router. Costs a volatile read otherwise.
 */
public record ConnectionDrain(Readiness readiness) {
    private static final long MAX_SECONDS_READ_ON = 5;

    /** Call it before a response is written. */
    public void sayClose(HttpServerRequest request) {
        if (readiness.isDraining() && !request.response().headWritten()) {
            announce(request);
            request.connection().shutdown(MAX_SECONDS_READ_ON, TimeUnit.SECONDS);
        }
    }

    /** Only announces the close, because the response may take some time. */
    public void announce(HttpServerRequest request) {
        if (readiness.isDraining() && request.version() != HttpVersion.HTTP_2) {
            request.response().putHeader(HttpHeaders.CONNECTION, "close");
        }
    }

    /** The failure of a request that arrives after the router has stopped taking requests. */
    public static ServingException tooLate() {
        return new ServingException(FailureKind.DRAINING, "the router is stopping; call again, on a new connection");
    }
}
