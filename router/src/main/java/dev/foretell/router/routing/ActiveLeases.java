package dev.foretell.router.routing;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.commons.wire.WorkerEntry;
import java.util.HashMap;
import java.util.Map;

/**
 * The leases in the current routing table; computed again only after a change of the table. For one caller at a time.
 */
final class ActiveLeases {
    private final RoutingTables tables;
    private RoutingTable of = RoutingTable.EMPTY;
    private Map<LeaseKey, WorkerEntry> held = Map.of();

    ActiveLeases(RoutingTables tables) {
        this.tables = tables;
    }

    Map<LeaseKey, WorkerEntry> now() {
        RoutingTable table = tables.current();
        if (table != of) {
            of = table;
            held = of(table.models());
        }
        return held;
    }

    static Map<LeaseKey, WorkerEntry> of(Map<ModelKey, RoutingMap.Model> models) {
        Map<LeaseKey, WorkerEntry> leases = new HashMap<>();
        models.forEach((model, value) -> value.workers().stream()
                .filter(worker -> worker.leaseMs() != null)
                .forEach(worker -> leases.put(new LeaseKey(model, worker.id()), worker)));
        return leases;
    }
}
