package dev.foretell.cli.tasks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What trains the model; the router has the defaults. */
final class EngineOptions {
    @Option(
            names = "--engine",
            paramLabel = "NAME",
            description = "What trains the model: foretell, or spark for tables larger than memory.")
    private @Nullable String engine;

    @Option(
            names = "--master",
            paramLabel = "ADDRESS",
            description = "Where Spark works: local[*], or a cluster such as spark://host:7077.")
    private @Nullable String master;

    void addTo(ObjectNode parameters) {
        if (engine != null) {
            parameters.put("engine", engine);
        }
        if (master != null) {
            parameters.put("master", master);
        }
    }
}
