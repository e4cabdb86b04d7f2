package dev.foretell.cli.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.client.Reply;
import dev.foretell.cli.client.RouterHttp;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.cli.terminal.Table;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code foretell models list}: all of them. */
@Command(
        name = "list",
        description = "Show the registered models and the share of calls of each version.",
        footer = {
            "%nExamples:",
            "  foretell models list",
            "  foretell models list --json | jq -r .models[].name",
            Exit.HELP
        })
final class ModelsList implements Callable<Integer> {
    @ParentCommand
    private ModelsCommand models = new ModelsCommand();

    @Override
    public Integer call() {
        RouterHttp router = models.router();
        Reply reply = router.get("/v1/models").orFail();
        JsonNode all = reply.json().path("models");
        models.out().println(models.json() ? reply.body() : all.isEmpty() ? nothing(router) : table(all));
        return Exit.OK;
    }

    private static String nothing(RouterHttp router) {
        return "No model is registered at " + router.url()
                + ". Register one with: foretell models push FILE.onnx --router " + router.url();
    }

    private static Table table(JsonNode all) {
        Table table = new Table("NAME", "TYPE", "VERSIONS", "TRAFFIC", "ALIASES", "DESCRIPTION");
        all.forEach(model -> table.row(
                model.path("name").asText(),
                model.path("type").asText(),
                model.path("versions").size(),
                pairs(model.path("traffic").path("weights"), " %"),
                pairs(model.path("aliases"), ""),
                model.path("description").asText().lines().findFirst().orElse("")));
        return table;
    }

    /** {@code 1=95 %, 2=5 %}. */
    static String pairs(JsonNode object, String unit) {
        return object.properties().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().asText() + unit)
                .collect(Collectors.joining(", "));
    }
}
