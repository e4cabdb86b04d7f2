package dev.foretell.router.http.edge;

import io.vertx.core.http.HttpServerRequest;

/** Calls so frequent that they are taken ahead of the routes, told by their method and URL alone. */
public interface DirectCall {
    boolean takes(HttpServerRequest request);

    /** Answers it, failures too. Throws nothing. */
    void answer(HttpServerRequest request);
}
