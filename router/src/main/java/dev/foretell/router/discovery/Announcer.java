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
import io.vertx.servicediscovery.types.HttpEndpoint;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes every registered worker as a record of Vert.x Service Discovery, for whoever else looks for services there. The
 * routing table leads, the records follow; a record that could not be written is made good at the next {@link #sync}.
 */
public final class Announcer {
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    private final ServiceDiscovery discovery;

    public Announcer(Vertx vertx, Records records) {
        RecordsBackend.provide(vertx, records);
        this.discovery = ServiceDiscovery.create(
                vertx,
                new ServiceDiscoveryOptions()
                        .setName("foretell")
                        .setBackendConfiguration(new JsonObject().put("backend-name", RecordsBackend.NAME)));
    }

    /** Publishes what a change of the table added and takes back what it removed. */
    public void follow(RoutingTable before, RoutingTable after) {
        Map<String, Record> added = new HashMap<>();
        Set<String> removed = new HashSet<>();
        Set<ModelKey> keys = new HashSet<>(before.models().keySet());
        keys.addAll(after.models().keySet());
        for (ModelKey key : keys) {
            RoutingMap.Model old = before.models().get(key);
            RoutingMap.Model now = after.models().get(key);
            if (!Objects.equals(old, now)) {
                Map<String, Record> was = old == null ? Map.of() : records(key, old);
                Map<String, Record> is = now == null ? Map.of() : records(key, now);
                is.forEach((id, record) -> {
                    if (!was.containsKey(id)) {
                        added.put(id, record);
                    }
                });
                was.keySet().stream().filter(id -> !is.containsKey(id)).forEach(removed::add);
            }
        }
        apply(added, removed);
    }

    /** Makes the records those of the table, whatever went wrong before. */
    public Future<Void> sync(RoutingTable table) {
        return discovery.getRecords(record -> true, true).map(published -> {
            Map<String, Record> missing = new HashMap<>();
            table.models().forEach((key, model) -> missing.putAll(records(key, model)));
            Set<String> stale = new HashSet<>();
            for (Record record : published) {
                if (missing.remove(record.getRegistration()) == null) {
                    stale.add(record.getRegistration());
                }
            }
            apply(missing, stale);
            return null;
        });
    }

    private void apply(Map<String, Record> added, Set<String> removed) {
        added.values().forEach(record -> discovery.publish(record).onFailure(Announcer::failed));
        removed.forEach(id -> discovery.unpublish(id).onFailure(Announcer::failed));
    }

    private static void failed(Throwable failure) {
        LOG.debug("A discovery record could not be written", failure);
    }

    private static Map<String, Record> records(ModelKey model, RoutingMap.Model value) {
        Map<String, Record> records = new HashMap<>();
        for (WorkerEntry worker : value.workers()) {
            String id = new LeaseKey(model, worker.id()).toString();
            JsonObject metadata = new JsonObject()
                    .put(RecordsBackend.ID, id)
                    .put("type", model.type())
                    .put("model", model.name());
            records.put(id, HttpEndpoint.createRecord(model.toString(), worker.host(), worker.port(), "/", metadata));
        }
        return records;
    }

    public void close() {
        discovery.close();
    }
}
