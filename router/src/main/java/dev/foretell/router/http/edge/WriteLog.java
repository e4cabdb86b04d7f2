package dev.foretell.router.http.edge;

import io.vertx.core.http.HttpServerRequest;

/** Records who changed what. It never fails a request. */
@FunctionalInterface
public interface WriteLog {
    /** A write that may succeed. */
    @FunctionalInterface
    interface Write {
        /** It has succeeded. */
        void end();
    }

    /** Notes the state before a request that may change it. */
    Write begin(HttpServerRequest request);
}
