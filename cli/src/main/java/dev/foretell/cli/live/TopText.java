package dev.foretell.cli.live;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.client.RouterHttp;
import dev.foretell.cli.terminal.Table;
import dev.foretell.commons.identity.Counted;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * A router's overview as text, at most 80 columns wide.
 *
 * @param models a page of {@code GET /v1/dashboard/models}
 */
record TopText(JsonNode overview, JsonNode models) {
    private static final int ROWS = 15;
    private static final int WIDTH = 80;
    private static final int NAME = 30;

    static JsonNode models(RouterHttp router, String search) {
        return router.get("/v1/dashboard/models?size=" + ROWS + "&search="
                        + URLEncoder.encode(search, StandardCharsets.UTF_8))
                .orFail()
                .json();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "Up " + duration(overview.path("uptimeSeconds").asLong()) + ", "
                        + Counted.of(overview.path("models").asInt(), "model") + ", "
                        + Counted.of(overview.path("workers").asInt(), "worker")
                        + (overview.path("role").asText().equals("read-only") ? ", read-only" : ""));
        line(
                text,
                "Calls/s " + rate(overview.path("callsPerSecond"))
                        + "   errors/s " + rate(errors())
                        + "   shed/s " + rate(overview.path("shedPerSecond").asDouble())
                        + "   in flight " + overview.path("inFlight").asInt()
                        + "   p50 " + millis(overview.path("p50Millis"))
                        + "   p99 " + millis(overview.path("p99Millis")));
        line(text, "");
        overview.path("problems").forEach(problem -> {
            line(text, "! " + problem.path("what").asText());
            line(text, "  " + problem.path("action").asText());
        });
        if (overview.path("problems").isEmpty()) {
            line(text, "Nothing is wrong.");
        }
        line(text, "");
        table().lines().forEach(row -> line(text, row));
        int more = models.path("total").asInt() - models.path("items").size();
        if (more > 0) {
            line(text, "and " + more + " more: --search finds them");
        }
        return text.toString().stripTrailing();
    }

    private static void line(StringBuilder text, String line) {
        text.append(cut(line, WIDTH)).append(System.lineSeparator());
    }

    private String table() {
        Table table = new Table("MODEL", "KIND", "STATE", "CALLS/S", "ERRORS/S", "P99", "WORKERS");
        models.path("items")
                .forEach(model -> table.row(
                        cut(
                                model.path("type").asText() + "/"
                                        + model.path("model").asText(),
                                NAME),
                        model.path("kind").asText(),
                        model.path("state").asText(),
                        rate(model.path("callsPerSecond")),
                        rate(model.path("errorsPerSecond")),
                        millis(model.path("p99Millis")),
                        workers(model)));
        return table.toString();
    }

    /** An ensemble has members and no workers. */
    private static String workers(JsonNode model) {
        return model.path("kind").asText().equals("ensemble")
                ? "-"
                : model.at("/workers/ready").asInt() + "/"
                        + model.at("/workers/total").asInt();
    }

    private double errors() {
        double all = 0;
        for (JsonNode kind : overview.path("errorsPerSecond")) {
            all += kind.asDouble();
        }
        return all;
    }

    private static String rate(JsonNode value) {
        return rate(value.asDouble());
    }

    private static String rate(double value) {
        return String.format(Locale.ROOT, value == 0 || value >= 100 ? "%.0f" : "%.1f", value);
    }

    private static String millis(JsonNode value) {
        return value.isNumber() ? rate(value.asDouble()) + "ms" : "-";
    }

    private static String duration(long seconds) {
        Duration time = Duration.ofSeconds(seconds);
        return time.toDays() > 0
                ? time.toDays() + "d " + time.toHoursPart() + "h"
                : time.toHours() > 0
                        ? time.toHours() + "h " + time.toMinutesPart() + "m"
                        : time.toMinutes() + "m " + time.toSecondsPart() + "s";
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }
}
