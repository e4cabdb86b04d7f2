package dev.foretell.worker.training.pipeline;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.foretell.commons.identity.OwnVersion;
import dev.foretell.worker.training.table.Column;
import dev.foretell.worker.training.table.NumberColumn;
import dev.foretell.worker.training.table.Table;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a model came from: enough to train it again, and to tell whether two models came from the same data and settings. It names
 * no machine, no path and no time.
 *
 * @param software the software that trained it, by version
 */
public record Provenance(
        @JsonUnwrapped Data data, @JsonUnwrapped Training training, Map<String, String> software) {
    /**
     * What it learned from.
     *
     * @param dataSha256 of the bytes of the CSV
     * @param columns the columns it learned from, in their order, each {@code number} or {@code category}
     */
    public record Data(String dataSha256, int rows, Map<String, String> columns, String target) {
        public Data {
            columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        }
    }

    /**
     * How it learned.
     *
     * @param parameters all parameters of the algorithm with their values
     */
    public record Training(String algorithm, Map<String, Double> parameters, long seed) {
        public Training {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }

    public Provenance {
        software = Collections.unmodifiableMap(new LinkedHashMap<>(software));
    }

    public static Provenance of(Pipeline pipeline, Table table) {
        return of(pipeline, table, table.rows(), Map.of());
    }

    /**
     * @param table the table, or some of its rows
     * @param rows how many rows it has
     * @param more software that had a part in it, by version
     */
    public static Provenance of(Pipeline pipeline, Table table, int rows, Map<String, String> more) {
        Map<String, String> software = versions();
        software.putAll(more);
        return new Provenance(
                new Data(table.sha256(), rows, columns(table), table.target().name()),
                new Training(pipeline.algorithm().word(), pipeline.parameters().values(), pipeline.seed()),
                software);
    }

    private static Map<String, String> columns(Table table) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (Column column : table.features().columns()) {
            columns.put(column.name(), column instanceof NumberColumn ? "number" : "category");
        }
        return columns;
    }

    /** What this software is, by name and version. */
    public static Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("foretell", OwnVersion.TEXT);
        versions.put("java", Runtime.version().toString());
        return versions;
    }
}
