package dev.foretell.router.http.admin;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.router.http.message.BackgroundWork;
import dev.foretell.router.routing.Leases;
import dev.foretell.router.routing.RoutingChange;
import dev.foretell.router.routing.RoutingTable;
import dev.foretell.router.routing.RoutingTables;
import io.vertx.core.Future;
import java.util.function.Function;

/** How workers get into the routing map, whatever URL they come by. Thread-safe. */
public record WorkerRegistration(
        RoutingTables tables, Leases leases, FunctionNames names, RegisteredWorkers registered, BackgroundWork work) {
    /**
     * Returns the map.
     *
     * @throws ServingException {@link FailureKind#CONFLICT} if a registered model or an ensemble has one of its names
     */
    public RoutingMap requireFree(RoutingMap map) {
        map.models().keySet().forEach(names::requireFree);
        return map;
    }

    /**
     * Renews the leases of a map's workers, changes the table, and probes those that are down.
     *
     * @param epoch the worker's process; empty if unknown
     * @param step the change that puts the map into the table
     * @return fails with {@link FailureKind#INVALID_INPUT} if the table would be too long, or {@link
     *     FailureKind#STATE_STORE_UNAVAILABLE}
     */
    public Future<RoutingTable> register(RoutingMap map, String epoch, Function<RoutingTable, RoutingChange> step) {
        return leases.renew(map, epoch)
                .compose(renewed ->
                        tables.update(table -> table.requireWithin(step.apply(table), registered.maxEntries())))
                .onSuccess(table -> work.run(() -> {
                    registered.probe(map);
                    return table;
                }));
    }
}
