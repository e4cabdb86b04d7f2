package dev.foretell.cli.ensembles;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.client.Reply;
import dev.foretell.cli.client.RouterHttp;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.cli.terminal.Table;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code foretell ensembles list}: all of them. */
@Command(
        name = "list",
        description = "Show the ensembles, their rules and their members.",
        footer = {
            "%nExamples:",
            "  foretell ensembles list",
            "  foretell ensembles list --json | jq -r .ensembles[].name",
            Exit.HELP
        })
final class EnsemblesList implements Callable<Integer> {
    @ParentCommand
    private EnsemblesCommand ensembles = new EnsemblesCommand();

    @Override
    public Integer call() {
        RouterHttp router = ensembles.router();
        Reply reply = router.get("/v1/ensembles").orFail();
        JsonNode all = reply.json().path("ensembles");
        ensembles.out().println(ensembles.json() ? reply.body() : all.isEmpty() ? nothing(router) : table(all));
        return Exit.OK;
    }

    private static String nothing(RouterHttp router) {
        return "There is no ensemble at " + router.url()
                + ". Create one with: foretell ensembles put NAME --merge mean MODEL MODEL --router " + router.url();
    }

    private static Table table(JsonNode all) {
        Table table = new Table("NAME", "TYPE", "MERGE", "QUORUM", "MEMBERS", "DESCRIPTION");
        all.forEach(ensemble -> table.row(
                ensemble.path("name").asText(),
                ensemble.path("type").asText(),
                ensemble.path("merge").asText(),
                quorum(ensemble),
                StreamSupport.stream(ensemble.path("members").spliterator(), false)
                        .map(member -> member.path("name").asText() + missing(ensemble, member))
                        .collect(Collectors.joining(", ")),
                ensemble.path("description").asText().lines().findFirst().orElse("")));
        return table;
    }

    /** What follows a member whose model is not there any more. */
    static String missing(JsonNode ensemble, JsonNode member) {
        return StreamSupport.stream(ensemble.path("missing").spliterator(), false)
                        .anyMatch(
                                name -> name.asText().equals(member.path("name").asText()))
                ? " (missing)"
                : "";
    }

    /** {@code 3 of 5}. */
    private static String quorum(JsonNode ensemble) {
        return ensemble.path("quorum").asText() + " of "
                + ensemble.path("members").size();
    }
}
