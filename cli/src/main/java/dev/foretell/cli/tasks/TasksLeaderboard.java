package dev.foretell.cli.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.client.Reply;
import dev.foretell.cli.terminal.Exit;
import picocli.CommandLine.Command;

/** {@code foretell tasks leaderboard}: the candidates of a search. */
@Command(
        name = "leaderboard",
        description = "Show the candidates of a search, the best first.",
        footer = {"%nExample:", "  foretell tasks leaderboard 0fmh2k3v1c8ta9", Exit.HELP})
final class TasksLeaderboard extends OneTask {
    @Override
    public Integer call() {
        Reply reply = tasks().router().get(path() + "/leaderboard").orFail();
        JsonNode board = reply.json();
        tasks().out().println(tasks().json() ? reply.body() : text(board));
        return Exit.OK;
    }

    private static String text(JsonNode board) {
        String rows = board.path("leaderboard").isEmpty()
                ? "No candidate has been tried yet."
                : LeaderboardText.of(board.path("leaderboard"));
        JsonNode search = board.path("search");
        return search.isObject() ? rows + System.lineSeparator() + TaskText.search(search) : rows;
    }
}
