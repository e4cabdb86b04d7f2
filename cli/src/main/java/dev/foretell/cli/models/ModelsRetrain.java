package dev.foretell.cli.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.cli.client.RouterHttp;
import dev.foretell.cli.tasks.ServeOptions;
import dev.foretell.cli.tasks.TaskSubmission;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.commons.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code foretell models retrain}: trains a model again, in the way that its version says. */
@Command(
        name = "retrain",
        description = {
            "Train a registered model again, with the parameters of its version.",
            "The table is the same, or a newer one; the result is its next version."
        },
        footer = {
            "%nExamples:",
            "  foretell models retrain iris --data newer.csv",
            "  foretell models retrain iris --data newer.csv --as canary \\",
            "      --if-better-on accuracy",
            Exit.HELP
        })
final class ModelsRetrain implements Callable<Integer> {
    private static final String DIGEST = "sha256:";

    @ParentCommand
    private ModelsCommand models = new ModelsCommand();

    @Parameters(
            paramLabel = "NAME[:VERSION]",
            description = "The model, or one of its versions (default: the one with the most calls).")
    private String name = "";

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "A table with the same columns (default: the one it had).")
    private @Nullable Path data;

    @Mixin
    private ServeOptions serve = new ServeOptions();

    @Option(names = "--detach", description = "Print the task's id, and do not wait.")
    private boolean detach;

    @Override
    public Integer call() {
        RouterHttp router = models.router();
        ModelVersionName asked = ModelVersionName.of(name);
        JsonNode model = router.get(ModelsCommand.path(asked.model())).orFail().json();
        JsonNode version = version(model.path("versions"), asked);
        JsonNode provenance = version.path("provenance");
        String trained = asked.model() + ":" + version.path("version").asText();

        ObjectNode order = Json.MAPPER.createObjectNode().put("name", trained + " again");
        order.put("kind", provenance.path("kind").asText("train"));
        order.set("parameters", parameters(trained, provenance));
        serve.addTo(order, asked.model());
        TaskSubmission submission = new TaskSubmission(models, router);
        if (data != null) {
            submission.addTable(order, data);
        } else {
            addOwnTable(router, order, trained, provenance);
        }
        return submission.run(order, Map.of(), detach);
    }

    private static JsonNode version(JsonNode versions, ModelVersionName asked) {
        JsonNode chosen = null;
        for (JsonNode version : versions) {
            int number = version.path("version").asInt();
            boolean isBetter = chosen == null
                    || version.path("weight").asInt() >= chosen.path("weight").asInt();
            if (asked.version() == null ? isBetter : asked.version() == number) {
                chosen = version;
            }
        }
        if (chosen == null) {
            throw CommandFailure.of("there is no version " + asked.version() + " of " + asked.model()
                    + ": foretell models show " + asked.model());
        }
        return chosen;
    }

    private static JsonNode parameters(String trained, JsonNode provenance) {
        String parameters = provenance.path("parameters").asText();
        if (!provenance.has("task") || parameters.isEmpty()) {
            throw CommandFailure.of(trained + " does not say how it was trained, because its file was uploaded:"
                    + " foretell tasks run trains a model");
        }
        return Json.readTree(parameters.getBytes(StandardCharsets.UTF_8));
    }

    private static void addOwnTable(RouterHttp router, ObjectNode order, String trained, JsonNode provenance) {
        String digest = provenance.path("data").asText().substring(DIGEST.length());
        if (!router.send("HEAD", "/v1/task-files/" + digest, null, Map.of(), RouterHttp.ANSWER)
                .isOk()) {
            throw CommandFailure.of(
                    "the table of " + trained + " is not at the router any more: give it with --data FILE");
        }
        order.putObject("data")
                .put("digest", digest)
                .put("name", provenance.path("table").asText());
    }
}
