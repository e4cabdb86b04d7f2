package dev.foretell.cli.ensembles;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.client.Reply;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.cli.terminal.Table;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code foretell ensembles show}: one ensemble and its members. */
@Command(
        name = "show",
        description = "Show one ensemble: its rule, its quorum and its members.",
        footer = {
            "%nExamples:",
            "  foretell ensembles show price",
            "  foretell ensembles show price --json > price.json       a file that put takes",
            Exit.HELP
        })
final class EnsemblesShow implements Callable<Integer> {
    @ParentCommand
    private EnsemblesCommand ensembles = new EnsemblesCommand();

    @Parameters(paramLabel = "NAME", description = "The ensemble's name.")
    private String name = "";

    @Override
    public Integer call() {
        Reply reply = ensembles.router().get(EnsemblesCommand.path(name)).orFail();
        if (ensembles.json()) {
            ensembles.out().println(reply.body());
        } else {
            show(reply.json(), ensembles.out());
        }
        return Exit.OK;
    }

    static void show(JsonNode ensemble, PrintWriter out) {
        out.println(ensemble.path("type").asText() + "/" + ensemble.path("name").asText() + "  "
                + ensemble.path("merge").asText() + "; " + quorum(ensemble));
        Table table = new Table("MEMBER", "MODEL", "WEIGHT", "DEADLINE", "OUTPUT");
        ensemble.path("members")
                .forEach(member -> table.row(
                        member.path("name").asText(),
                        member.path("type").asText() + "/"
                                + member.path("model").asText()
                                + EnsemblesList.missing(ensemble, member),
                        member.path("weight").asText(),
                        member.path("deadlineMs").asLong() == 0
                                ? "90 % of the call's"
                                : member.path("deadlineMs").asLong() + " ms",
                        member.path("output").isNull()
                                ? "all"
                                : member.path("output").asText()));
        out.println(table);
    }

    private static String quorum(JsonNode ensemble) {
        int members = ensemble.path("members").size();
        int quorum = ensemble.path("quorum").asInt();
        return quorum == members
                ? members == 1 ? "needs its member" : "needs all its " + members + " members"
                : "needs " + quorum + " of its " + members
                        + " members, and does without the others if they are missing";
    }
}
