package dev.foretell.cli.experts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.commons.json.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code foretell experts test}: the predictions of all of them, side by side. */
@Command(
        name = "test",
        description = "Have all experts predict at once; a line of JSON for each.",
        footer = {
            "%nExamples:",
            "  foretell experts test test.json",
            "  echo '{\"x\": [[1.5], [2.5]]}' | foretell experts test -",
            Exit.HELP
        })
final class ExpertsTest implements Callable<Integer> {
    @ParentCommand
    private ExpertsCommand experts = new ExpertsCommand();

    @Mixin
    private TestRows rows = new TestRows();

    @Override
    public Integer call() {
        ExpertsClient.Answers answers = rows.predict(experts);
        if (experts.json()) {
            ObjectNode json = Json.MAPPER.createObjectNode();
            json.putObject("models").setAll(answers.byId());
            experts.out().println(json);
        } else {
            answers.byId().forEach((id, answer) -> experts.out().println("expert " + id + "  " + answer.path("y")));
        }
        return answers.areAll() ? Exit.OK : Exit.FAILED;
    }
}
