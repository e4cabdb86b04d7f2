package dev.foretell.cli.experts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.cli.terminal.Table;
import dev.foretell.commons.json.Json;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code foretell experts train}: all of them at once. */
@Command(
        name = "train",
        description = "Train all experts at once, and show the model file of each.",
        footer = {
            "%nExamples:",
            "  foretell experts train train.json",
            "  echo '{\"x\": [[1],[2],[3],[4],[5]], \"y\": [2,4,6,8,10]}' \\",
            "      | foretell experts train -",
            Exit.HELP
        })
final class ExpertsTrain implements Callable<Integer> {
    @ParentCommand
    private ExpertsCommand experts = new ExpertsCommand();

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "{\"x\": [[0.1], [0.2]], \"y\": [1, 2]}, - for stdin; without it, 100 random rows.")
    private @Nullable String file;

    @Override
    public Integer call() {
        ExpertsClient.Answers answers = experts.experts().train(Samples.of(file));
        new TrainedFiles(experts.data()).add(answers.byId());
        experts.out().println(experts.json() ? json(answers) : table(answers));
        return answers.areAll() ? Exit.OK : Exit.FAILED;
    }

    private static ObjectNode json(ExpertsClient.Answers answers) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.putObject("models").setAll(answers.byId());
        return json;
    }

    private static Table table(ExpertsClient.Answers answers) {
        Table table = new Table("EXPERT", "MODEL");
        answers.byId()
                .forEach((id, answer) -> table.row(id, answer.path("filename").asText()));
        return table;
    }
}
