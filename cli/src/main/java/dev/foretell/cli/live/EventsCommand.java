package dev.foretell.cli.live;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.client.RouterHttp;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code foretell events}: what changed, and who changed it. */
@Command(
        name = "events",
        description = "Show what changed at the routers and who changed it, the newest last.",
        footer = {
            "%nExamples:",
            "  foretell events --limit 100",
            "  foretell events --search ejected",
            "  foretell events --follow",
            Exit.HELP
        })
public final class EventsCommand extends LiveCommand {
    private static final int MAX = 1_000;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until it is interrupted.")
    private boolean follow;

    @Option(names = "--search", paramLabel = "TEXT", description = "Only events with this text in them.")
    private String search = "";

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "At most this many at first, up to 1000 (default: 20).")
    private int limit;

    private String last = "";

    @Override
    public Integer call() {
        if (limit < 1 || limit > MAX) {
            throw CommandFailure.usage("--limit must be from 1 to " + MAX);
        }
        RouterHttp router = router();
        show(router, limit);
        if (follow) {
            repeat(() -> show(router, MAX));
        }
        return Exit.OK;
    }

    private void show(RouterHttp router, int most) {
        JsonNode found = router.get("/v1/events?limit=" + most + "&search="
                        + URLEncoder.encode(search, StandardCharsets.UTF_8) + (last.isEmpty() ? "" : "&since=" + last))
                .orFail()
                .json();
        if (found.hasNonNull("note")) {
            throw CommandFailure.of(found.path("note").asText());
        }
        List<JsonNode> items = new ArrayList<>();
        found.path("items").forEach(items::add);
        Collections.reverse(items);
        for (JsonNode event : items) {
            out().println(json() ? event.toString() : text(event));
            last = event.path("id").asText();
        }
        out().flush();
    }

    /** One line, and what it changed below it. */
    private static String text(JsonNode event) {
        String from = event.path("from").asText();
        String line = event.path("at").asText().replaceFirst("T", " ").replaceFirst("\\.\\d+Z", "Z") + "  "
                + (from.isEmpty() ? "" : event.path("who").asText() + " at " + from + " ")
                + event.path("what").asText();
        String before = event.path("before").asText();
        String after = event.path("after").asText();
        return before.equals(after) ? line : line + indent("before: ", before) + indent("after:  ", after);
    }

    private static String indent(String name, String text) {
        return System.lineSeparator() + "    " + name + (text.isEmpty() ? "none" : text);
    }
}
