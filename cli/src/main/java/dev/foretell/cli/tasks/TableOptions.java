package dev.foretell.cli.tasks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a table is read and a pipeline validated on it; the router has the defaults. */
final class TableOptions {
    @Option(
            names = "--separator",
            paramLabel = "CHAR",
            description = "Between the values of a row, such as ';', or 'tab' (default: a comma).")
    private @Nullable String separator;

    @Option(
            names = "--category",
            paramLabel = "COLUMN",
            description = "A column whose numbers are names, as a target of 0 and 1; may be given many times.")
    private List<String> categories = new ArrayList<>();

    @Option(
            names = "--ignore",
            paramLabel = "COLUMN",
            description = "A column that nothing is learned from; may be given many times.")
    private List<String> ignored = new ArrayList<>();

    @Option(names = "--folds", paramLabel = "N", description = "Of the cross-validation, 2 to 100 (default: 5).")
    private @Nullable Integer folds;

    void addTo(ObjectNode parameters) {
        if (separator != null) {
            parameters.put("separator", separator.equals("tab") ? "\t" : separator);
        }
        add(parameters, "categories", categories);
        add(parameters, "ignore", ignored);
        if (folds != null) {
            parameters.put("folds", folds);
        }
    }

    private static void add(ObjectNode parameters, String name, List<String> columns) {
        if (!columns.isEmpty()) {
            ArrayNode array = parameters.putArray(name);
            columns.forEach(array::add);
        }
    }
}
