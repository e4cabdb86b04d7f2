package dev.foretell.worker.training.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.json.Json;
import dev.foretell.worker.training.pipeline.Provenance;
import dev.foretell.worker.training.table.Table;

/** What a checkpoint belongs to: work of one name comes to the same, so that a trainer may go on where another one ended. */
final class CheckpointName {
    private CheckpointName() {}

    static String of(Table table, JsonNode parameters) {
        return of(table.sha256(), parameters);
    }

    /** @param data the digest of the table */
    static String of(String data, JsonNode parameters) {
        ObjectNode name = Json.MAPPER.createObjectNode().put("data", data);
        name.set("parameters", parameters);
        name.set("software", Json.MAPPER.valueToTree(Provenance.versions()));
        return Json.writeText(name);
    }
}
