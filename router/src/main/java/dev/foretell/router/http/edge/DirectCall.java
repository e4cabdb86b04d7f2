package dev.foretell.router.http.edge;

import io.vertx.core.http.HttpServerRequest;

/** A call so frequent that it bypasses the routes. Only its method and URL identify it. */
public interface DirectCall {
    boolean takes(HttpServerRequest request);

    /** Answers the request, including failures. Never throws. */
    void answer(HttpServerRequest request);
}
