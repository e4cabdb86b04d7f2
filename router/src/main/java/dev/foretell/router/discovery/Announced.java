package dev.foretell.router.discovery;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.wire.WorkerEntry;
import io.vertx.core.json.JsonObject;
import io.vertx.servicediscovery.Record;
import io.vertx.servicediscovery.types.HttpEndpoint;

/** A worker of a model that should have a discovery record. */
record Announced(ModelKey model, WorkerEntry worker) {
    Record record(String id) {
        JsonObject metadata = new JsonObject()
                .put(RecordsBackend.ID, id)
                .put("type", model.type())
                .put("model", model.name());
        return HttpEndpoint.createRecord(model.toString(), worker.host(), worker.port(), "/", metadata);
    }
}
