package dev.foretell.cli.experts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.commons.json.Json;
import java.util.Collection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code foretell experts aggregate}: the mean of all predictions. */
@Command(
        name = "aggregate",
        description = "Have all experts predict at once, and show the mean for each row.",
        footer = {
            "%nExamples:",
            "  foretell experts aggregate test.json",
            "  echo '{\"x\": [[1.5], [2.5]]}' | foretell experts aggregate -",
            Exit.HELP
        })
final class ExpertsAggregate implements Callable<Integer> {
    @ParentCommand
    private ExpertsCommand experts = new ExpertsCommand();

    @Mixin
    private TestRows rows = new TestRows();

    @Override
    public Integer call() {
        ExpertsClient.Answers answers = rows.predict(experts);
        if (!answers.areAll()) {
            throw CommandFailure.of("no mean: not all experts have answered");
        }
        experts.out().println(mean(answers.byId().values()));
        return Exit.OK;
    }

    /** Element by element: {@code {"y": [1.5, 2.5]}}. */
    static ObjectNode mean(Collection<JsonNode> answers) {
        int rows = answers.iterator().next().path("y").size();
        double[] sums = new double[rows];
        for (JsonNode answer : answers) {
            JsonNode y = answer.path("y");
            if (y.size() != rows) {
                throw CommandFailure.of("no mean: the experts predict for different numbers of rows");
            }
            for (int row = 0; row < rows; row++) {
                sums[row] += number(y.get(row));
            }
        }
        ObjectNode mean = Json.MAPPER.createObjectNode();
        ArrayNode y = mean.putArray("y");
        for (double sum : sums) {
            y.add(sum / answers.size());
        }
        return mean;
    }

    private static double number(JsonNode value) {
        JsonNode only = value.isArray() && value.size() == 1 ? value.get(0) : value;
        if (!only.isNumber()) {
            throw CommandFailure.of("no mean: a prediction is " + only.getNodeType() + ", not a number");
        }
        return only.doubleValue();
    }
}
