package dev.foretell.cli.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.cli.client.Reply;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.commons.json.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code foretell tasks replay}: runs a search again up to where it ended, and compares. */
@Command(
        name = "replay",
        description = {
            "Run a search again, up to where its time was up, and compare both.",
            "The same seed and table give the same leaderboard and the same model.",
            "The command fails if they differ."
        },
        footer = {"%nExample:", "  foretell tasks replay 0fmh2k3v1c8ta9", Exit.HELP})
final class TasksReplay extends OneTask {
    /** No clock cuts the second run; a slower machine gets so many times as long. */
    private static final int PATIENCE = 4;

    @Option(
            names = "--time",
            paramLabel = "SECONDS",
            description = "How long it may run (default: four times as long as before).")
    private @Nullable Long seconds;

    @Override
    public Integer call() {
        JsonNode before = tasks().router().get(path()).orFail().json();
        if (!before.path("kind").asText().equals("automl")
                || !before.path("state").asText().equals("SUCCEEDED")) {
            throw CommandFailure.of("task " + id() + " is no search that has succeeded: it is of the kind "
                    + before.path("kind").asText() + ", and "
                    + before.path("state").asText());
        }
        Reply queued = tasks().router().post("/v1/tasks", order(before)).orFail();
        JsonNode after = new TaskWatch(tasks().router(), tasks().err())
                .await(queued.json().path("id").asText());
        return compare(before, after);
    }

    private String order(JsonNode before) {
        ObjectNode order = Json.MAPPER.createObjectNode().put("kind", "automl").put("name", "replay of " + id());
        ObjectNode parameters = before.path("parameters").deepCopy();
        parameters.remove("timeLimit");
        JsonNode cut = before.at("/result/search/cut/trials");
        if (!cut.isMissingNode()) {
            parameters.set("trials", cut);
        }
        order.set("parameters", parameters);
        order.putObject("data")
                .put("digest", before.at("/data/digest").asText())
                .put("name", before.at("/data/name").asText());
        order.putObject("limits")
                .put(
                        "time_ms",
                        seconds == null
                                ? PATIENCE * before.at("/limits/time_ms").asLong()
                                : seconds * 1000)
                .put("memory_mb", before.at("/limits/memory_mb").asInt());
        return Json.writeText(order);
    }

    private int compare(JsonNode before, JsonNode after) {
        if (!after.path("state").asText().equals("SUCCEEDED")) {
            tasks().out().println(tasks().json() ? after.toString() : TaskText.of(after));
            return Exit.FAILED;
        }
        boolean sameBoard = before.at("/result/leaderboard").equals(after.at("/result/leaderboard"));
        boolean sameModel = before.at("/result/model/digest").equals(after.at("/result/model/digest"));
        String trials = after.at("/result/search/trials").asText() + " trials";
        tasks().out()
                .println(
                        tasks().json()
                                ? after.toString()
                                : sameBoard && sameModel
                                        ? "the same: leaderboard and model after " + trials
                                        : differs(sameBoard, sameModel, before, after) + " after " + trials);
        return sameBoard && sameModel ? Exit.OK : Exit.FAILED;
    }

    private static String differs(boolean sameBoard, boolean sameModel, JsonNode before, JsonNode after) {
        String what = sameBoard
                ? "the model differs"
                : sameModel ? "the leaderboard differs" : "leaderboard and model differ";
        JsonNode then = before.at("/result/provenance/software");
        JsonNode now = after.at("/result/provenance/software");
        return then.equals(now) ? what : what + " (the software was " + then + ", and is " + now + ")";
    }
}
