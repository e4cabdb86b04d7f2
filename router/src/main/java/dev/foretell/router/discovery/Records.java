package dev.foretell.router.discovery;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Where discovery records are kept for all routers: JSON text by registration id. */
public interface Records {
    Future<Void> put(String id, String json);

    /** Takes a record out and returns it; empty if there is none. */
    Future<Optional<String>> remove(String id);

    Future<Optional<String>> get(String id);

    Future<List<String>> all();
}
