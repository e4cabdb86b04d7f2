package dev.foretell.cli.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.terminal.Table;
import java.util.Locale;

/** The candidates of a search in lines. */
final class LeaderboardText {
    private LeaderboardText() {}

    static String of(JsonNode rows) {
        Table table = new Table("RANK", "SCORE", "SPREAD", "FOLDS", "ALGORITHM", "PARAMETERS", "CANDIDATE");
        rows.forEach(row -> table.row(
                row.path("rank").asText(),
                number(row.path("score")),
                number(row.path("deviation")),
                row.path("folds").asText(),
                row.path("algorithm").asText(),
                TaskText.pairs(row.path("parameters")) + preparation(row),
                row.path("candidate").asText()));
        return table.toString();
    }

    private static String preparation(JsonNode row) {
        String scaling = row.path("scaling").asText();
        double features = row.path("features").asDouble(1);
        return (scaling.equals("none") ? "" : ", scaling=" + scaling)
                + (features == 1 ? "" : ", features=" + row.path("features").asText());
    }

    private static String number(JsonNode value) {
        return String.format(Locale.ROOT, "%.4f", value.asDouble());
    }
}
