package dev.foretell.router.discovery;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Stores discovery records for all routers: JSON text by registration id. */
public interface Records {
    Future<Void> put(String id, String json);

    /** Removes and returns a record; empty if there is none. */
    Future<Optional<String>> remove(String id);

    Future<Optional<String>> get(String id);

    Future<List<String>> all();
}
