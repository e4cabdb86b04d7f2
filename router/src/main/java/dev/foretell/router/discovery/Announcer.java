package dev.foretell.router.discovery;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.commons.wire.WorkerEntry;
import dev.foretell.router.routing.LeaseKey;
import dev.foretell.router.routing.RoutingTable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.servicediscovery.Record;
import io.vertx.servicediscovery.ServiceDiscovery;
import io.vertx.servicediscovery.ServiceDiscoveryOptions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Publishes every registered worker as a record of Vert.x Service Discovery. The routing table leads and the records
 * follow. The next {@link #sync} repairs a record that could not be written.
 */
public final class Announcer {
    private final ServiceDiscovery discovery;
    private final AnnouncedRecords records;

    public Announcer(Vertx vertx, Records kept) {
        RecordsBackend.provide(vertx, kept);
        this.discovery = ServiceDiscovery.create(
                vertx,
                new ServiceDiscoveryOptions()
                        .setName("foretell")
                        .setBackendConfiguration(new JsonObject().put("backend-name", RecordsBackend.NAME)));
        this.records = new AnnouncedRecords(discovery, vertx.getOrCreateContext());
    }

    /** Publishes the workers that a change added, and removes the records of those that it removed. */
    public void follow(RoutingTable before, RoutingTable after) {
        Map<String, Optional<Announced>> wishes = new HashMap<>();
        Set<ModelKey> keys = new HashSet<>(before.models().keySet());
        keys.addAll(after.models().keySet());
        for (ModelKey key : keys) {
            RoutingMap.Model old = before.models().get(key);
            RoutingMap.Model now = after.models().get(key);
            if (!Objects.equals(old, now)) {
                Map<String, Announced> was = old == null ? Map.of() : toRecords(key, old);
                Map<String, Announced> is = now == null ? Map.of() : toRecords(key, now);
                was.keySet().stream().filter(id -> !is.containsKey(id)).forEach(id -> wishes.put(id, Optional.empty()));
                is.forEach((id, worker) -> {
                    if (!was.containsKey(id)) {
                        wishes.put(id, Optional.of(worker));
                    }
                });
            }
        }
        records.follow(wishes);
    }

    /** Makes the records match the table, whatever failed before. */
    public Future<Void> sync(RoutingTable table) {
        return discovery.getRecords(record -> true, true).map(published -> {
            Map<String, Optional<Announced>> wishes = new HashMap<>();
            table.models()
                    .forEach((key, model) ->
                            toRecords(key, model).forEach((id, worker) -> wishes.put(id, Optional.of(worker))));
            for (Record record : published) {
                String id = record.getRegistration();
                if (wishes.remove(id) == null) {
                    wishes.put(id, Optional.empty());
                }
            }
            records.follow(wishes);
            return null;
        });
    }

    private static Map<String, Announced> toRecords(ModelKey model, RoutingMap.Model value) {
        Map<String, Announced> workers = new HashMap<>();
        for (WorkerEntry worker : value.workers()) {
            workers.put(new LeaseKey(model, worker.id()).toString(), new Announced(model, worker));
        }
        return workers;
    }

    public void close() {
        discovery.close();
    }
}
