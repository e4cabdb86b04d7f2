package dev.foretell.worker.training.pipeline;

import dev.foretell.commons.identity.OwnVersion;
import dev.foretell.worker.training.table.Column;
import dev.foretell.worker.training.table.NumberColumn;
import dev.foretell.worker.training.table.Table;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a model came from: enough to make it again, and to tell whether two came from the same. It names no machine, no path and no
 * time.
 *
 * @param dataSha256 of the bytes of the CSV
 * @param columns those that it learned from, in their order, each {@code number} or {@code category}
 * @param parameters every one with its value
 * @param software what it was made with, by version
 */
public record Provenance(
        String dataSha256,
        int rows,
        Map<String, String> columns,
        String target,
        String algorithm,
        Map<String, Double> parameters,
        long seed,
        Map<String, String> software) {
    public Provenance {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        software = Collections.unmodifiableMap(new LinkedHashMap<>(software));
    }

    public static Provenance of(Pipeline pipeline, Table table) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (Column column : table.features().columns()) {
            columns.put(column.name(), column instanceof NumberColumn ? "number" : "category");
        }
        return new Provenance(
                table.sha256(),
                table.rows(),
                columns,
                table.target().name(),
                pipeline.algorithm().word(),
                pipeline.parameters().values(),
                pipeline.seed(),
                versions());
    }

    private static Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("foretell", OwnVersion.TEXT);
        versions.put("java", Runtime.version().toString());
        return versions;
    }
}
