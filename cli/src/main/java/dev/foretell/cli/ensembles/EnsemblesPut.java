package dev.foretell.cli.ensembles;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.cli.client.Reply;
import dev.foretell.cli.options.Input;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.commons.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code foretell ensembles put}: creates an ensemble, or replaces it. */
@Command(
        name = "put",
        description = "Create an ensemble, or replace the one of this name: of members named here, or of a file.",
        footer = {
            "%nExamples:",
            "  foretell ensembles put price --merge mean linear forest",
            "  foretell ensembles put price --merge weighted linear=1 forest=3",
            "  foretell ensembles put kind --merge vote --quorum 2 iris:1 iris:2 wine",
            "  foretell ensembles put kind --merge softVote --output probabilities tree knn",
            "  foretell ensembles put twice --merge mean fib second:=fib   each its name",
            "  foretell ensembles put price --file price.json   all that a recipe can say",
            Exit.HELP
        })
final class EnsemblesPut implements Callable<Integer> {
    private static final String NAMED = ":=";

    @ParentCommand
    private EnsemblesCommand ensembles = new EnsemblesCommand();

    @Parameters(index = "0", paramLabel = "NAME", description = "The ensemble's name.")
    private String name = "";

    @Parameters(
            index = "1..*",
            paramLabel = "[NAME:=]MODEL[=WEIGHT]",
            description =
                    "A member: fib, iris:2, iris:prod or AI/fib; with a name of its own if two members are the same model,"
                            + " and with its weight where the rule has weights.")
    private List<String> members = new ArrayList<>();

    @Option(
            names = "--merge",
            paramLabel = "RULE",
            description = "mean, weighted, median, min, max, vote, softVote, first or all.")
    private @Nullable String merge;

    @Option(
            names = "--quorum",
            paramLabel = "N",
            description = "How many members must respond (default: more than half).")
    private @Nullable Integer quorum;

    @Option(
            names = "--output",
            paramLabel = "FIELD",
            description =
                    "The output of each member that is merged, such as probabilities; the one that fits the rule, or else"
                            + " the whole response, by default.")
    private @Nullable String output;

    @Option(
            names = "--labels",
            paramLabel = "CLASS,...",
            split = ",",
            description =
                    "With softVote: the names of the classes, in the order of the probabilities; those that the members"
                            + " give by default.")
    private @Nullable List<String> labels;

    @Option(
            names = "--deadline",
            paramLabel = "MS",
            description =
                    "How long a member may take, in milliseconds; nine tenths of the call's own deadline by default.")
    private @Nullable Integer deadline;

    @Option(names = "--fail", description = "Fail where a member is missing, rather than go on without it.")
    private boolean fail;

    @Option(names = "--type", paramLabel = "TYPE", description = "The model type by which it is called (default: AI).")
    private @Nullable String type;

    @Option(names = "--file", paramLabel = "FILE", description = "The recipe as JSON; - for stdin.")
    private @Nullable String file;

    @Override
    public Integer call() {
        Reply reply =
                ensembles.router().put(EnsemblesCommand.path(name), recipe()).orFail();
        if (ensembles.json()) {
            ensembles.out().println(reply.body());
        } else {
            EnsemblesShow.show(reply.json(), ensembles.out());
        }
        return Exit.OK;
    }

    private String recipe() {
        if (file != null) {
            if (hasOptions()) {
                throw CommandFailure.usage("--file has all of the recipe: leave the members and the other options out");
            }
            return Input.file(file);
        }
        if (members.isEmpty()) {
            throw CommandFailure.usage(
                    "name the members, such as: foretell ensembles put " + name + " --merge mean a b");
        }
        return Json.writeText(fields());
    }

    private boolean hasOptions() {
        return fail
                || !members.isEmpty()
                || Stream.of(merge, quorum, output, labels, deadline, type).anyMatch(Objects::nonNull);
    }

    private ObjectNode fields() {
        if (deadline != null && deadline < 1) {
            throw CommandFailure.usage(
                    "--deadline must be at least 1 ms; leave it out for nine tenths of the call's own");
        }
        ObjectNode recipe = Json.MAPPER.createObjectNode();
        recipe.put("merge", merge);
        recipe.put("quorum", quorum);
        recipe.put("deadlineMs", deadline);
        recipe.put("output", output);
        recipe.putPOJO("labels", labels);
        recipe.put("type", type);
        recipe.put("onMissing", fail ? "fail" : null);
        ArrayNode all = recipe.putArray("members");
        members.forEach(member -> all.add(member(member)));
        return recipe;
    }

    /** {@code [NAME:=]MODEL[=WEIGHT]}. */
    private static ObjectNode member(String given) {
        ObjectNode member = Json.MAPPER.createObjectNode();
        int named = given.indexOf(NAMED);
        if (named >= 0) {
            member.put("name", given.substring(0, named));
        }
        String model = named < 0 ? given : given.substring(named + NAMED.length());
        int equals = model.indexOf('=');
        member.put("model", equals < 0 ? model : model.substring(0, equals));
        return equals < 0 ? member : member.put("weight", weight(given, model.substring(equals + 1)));
    }

    private static double weight(String given, String number) {
        try {
            return Double.parseDouble(number);
        } catch (NumberFormatException e) {
            throw CommandFailure.usage("the weight in '" + given + "' must be a number, as in forest=3");
        }
    }
}
