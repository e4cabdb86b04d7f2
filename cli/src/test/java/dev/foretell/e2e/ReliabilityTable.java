package dev.foretell.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of a run as a Markdown table. */
final class ReliabilityTable {
    private final List<String> rows = new ArrayList<>(List.of(
            "| fault | calls | failed | shed | retried | counted | slowest call | the faulty worker saw |",
            "|---|--:|--:|--:|--:|--:|--:|---|"));

    void add(ChaosSuite.Case one, Traffic traffic, Stage stage, Fault fault) {
        rows.add("| %s | %d | %d | %d | %d | %d | %d ms | %s |"
                .formatted(
                        one.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        traffic.calls(),
                        traffic.failed().size(),
                        traffic.shed(),
                        stage.failures(one.ordinal()),
                        stage.counted(one.model()),
                        traffic.slowest().toMillis(),
                        seen(one, stage, fault)));
    }

    private static String seen(ChaosSuite.Case one, Stage stage, Fault fault) {
        if (fault.seen().isEmpty()) {
            return "–";
        }
        int port = fault.ports().get(0);
        return "%d (%d counted, %d failed)"
                .formatted(
                        fault.seen().getAsInt(),
                        stage.counted(one.model(), one.ordinal(), port),
                        stage.failures(one.ordinal(), port));
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, rows);
    }
}
