package dev.foretell.router.http.edge;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.TimeUnit;

/**
 * While the router drains, each answer says that its connection closes, and closes it: the caller's next call opens
 * another, elsewhere. Costs a volatile read before that.
 */
public record ConnectionDrain(Readiness readiness) {
    private static final long MAX_SECONDS_READ_ON = 5;

    /** To be called before an answer is written. */
    public void say(HttpServerRequest request) {
        if (readiness.isDraining() && !request.response().headWritten()) {
            announce(request);
            request.connection().shutdown(MAX_SECONDS_READ_ON, TimeUnit.SECONDS);
        }
    }

    /** Says it alone: the answer that begins now may take its time. */
    public void announce(HttpServerRequest request) {
        if (readiness.isDraining() && request.version() != HttpVersion.HTTP_2) {
            request.response().putHeader(HttpHeaders.CONNECTION, "close");
        }
    }

    /** What a request is told that comes when the router takes none any more. */
    public static ServingException tooLate() {
        return new ServingException(FailureKind.DRAINING, "the router is stopping; call again, on a new connection");
    }
}
