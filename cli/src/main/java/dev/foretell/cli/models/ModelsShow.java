package dev.foretell.cli.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.client.Reply;
import dev.foretell.cli.terminal.Bytes;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.cli.terminal.Table;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code foretell models show}: one model and its versions. */
@Command(
        name = "show",
        description = "Show one model: its versions, their inputs and outputs, and their shares of the calls.",
        footer = {
            "%nExamples:",
            "  foretell models show iris",
            "  foretell models show iris --json | jq '.versions[-1].inputs'",
            Exit.HELP
        })
final class ModelsShow implements Callable<Integer> {
    private static final int DIGITS = 12;
    private static final Set<String> ORIGIN =
            Set.of("from", "filename", "source", "task", "table", "parameters", "comparison", "replaces");

    @ParentCommand
    private ModelsCommand models = new ModelsCommand();

    @Parameters(paramLabel = "NAME", description = "The model's name.")
    private String name = "";

    @Override
    public Integer call() {
        Reply reply = models.router().get(ModelsCommand.path(name)).orFail();
        if (models.json()) {
            models.out().println(reply.body());
        } else {
            show(reply.json(), models.out());
        }
        return Exit.OK;
    }

    private static void show(JsonNode model, PrintWriter out) {
        out.println(model.path("type").asText() + "/" + model.path("name").asText() + "  "
                + model.path("description").asText());
        line(out, "labels", ModelsList.pairs(model.path("labels"), ""));
        line(out, "aliases", ModelsList.pairs(model.path("aliases"), ""));
        line(out, "canary", ModelsList.pairs(model.path("traffic").path("canary"), ""));
        line(out, "shadow", ModelsList.pairs(model.path("traffic").path("shadow"), ""));
        out.println(table(model.path("versions")));
        model.path("versions")
                .forEach(version -> line(
                        out,
                        "version " + version.path("version").asText() + " comes from",
                        origin(version.path("provenance"))));
    }

    /** The table and how it was trained, or where the file was uploaded from; {@code --json} has the rest. */
    private static String origin(JsonNode provenance) {
        return provenance.properties().stream()
                .filter(entry -> ORIGIN.contains(entry.getKey()))
                .map(entry -> entry.getKey() + "=" + entry.getValue().asText())
                .collect(Collectors.joining(", "));
    }

    private static void line(PrintWriter out, String what, String given) {
        if (!given.isEmpty()) {
            out.println(what + ": " + given);
        }
    }

    private static Table table(JsonNode versions) {
        Table table = new Table("VERSION", "TRAFFIC", "SIZE", "DIGEST", "INPUTS", "OUTPUTS", "CREATED");
        versions.forEach(version -> table.row(
                version.path("version").asText(),
                version.path("weight").asInt() + " %",
                Bytes.of(version.path("bytes").asLong()),
                start(version.path("digest").asText()),
                tensors(version.path("inputs")),
                tensors(version.path("outputs")),
                Instant.ofEpochMilli(version.path("created_ms").asLong())
                        .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)));
        return table;
    }

    private static String start(String digest) {
        return digest.substring(0, Math.min(DIGITS, digest.length()));
    }

    /** {@code X FP32[-1,4]}. */
    static String tensors(JsonNode tensors) {
        return StreamSupport.stream(tensors.spliterator(), false)
                .map(tensor -> tensor.path("name").asText() + " "
                        + tensor.path("datatype").asText() + tensor.path("shape"))
                .collect(Collectors.joining(", "));
    }
}
