package dev.foretell.worker.training.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the output of a task's process: marked lines are progress and checkpoints, all others are its log. Keeps only the last
 * lines of the log until they are reported. Thread-safe.
 */
public final class TaskOutput {
    private static final String MARK = "foretell:";
    static final String PROGRESS = MARK + "progress ";
    static final String CHECKPOINT = MARK + "checkpoint ";
    /** The trials of a search that other trainers may have. */
    static final String OFFER = MARK + "offer ";
    /** The outcome of a trial that this trainer helped with. */
    static final String TRIAL = MARK + "trial ";

    private static final int MAX_LINE = 2000;
    private static final int MAX_MARKED_LINE = 512 * 1024;
    /** Characters of a checkpoint. */
    static final int MAX_CHECKPOINT = MAX_MARKED_LINE - CHECKPOINT.length();

    /** What one report has of the log; each character may be six bytes in JSON, and a router takes reports of 1 MiB. */
    private static final int MAX_REPORTED = 100_000;

    private static final int MAX_REPORTED_LINES = 500;
    private static final int MAX_LINES = 1000;
    private static final int LAST = 20;

    private final Deque<String> unreported = new ArrayDeque<>();
    private final Deque<String> last = new ArrayDeque<>();
    private @Nullable JsonNode progress;
    private @Nullable String checkpoint;
    private @Nullable JsonNode offer;
    private final Deque<JsonNode> trials = new ArrayDeque<>();

    /** Reads the output to its end. */
    public void read(InputStream stream) throws IOException {
        try (Reader in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == '\n') {
                    addBounded(line);
                    line.setLength(0);
                } else if (line.length() <= MAX_MARKED_LINE) {
                    line.append((char) next);
                }
            }
            if (line.length() > 0) {
                addBounded(line);
            }
        }
    }

    /** Half a checkpoint is none: the last whole one stays. */
    private void addBounded(StringBuilder line) {
        boolean isWhole = line.length() <= MAX_MARKED_LINE;
        add(
                isWhole || line.indexOf(MARK) != 0
                        ? line.toString()
                        : "(a report of the process is too long, and left out)");
    }

    public synchronized void add(String line) {
        if (line.startsWith(PROGRESS)) {
            progress = json(line.substring(PROGRESS.length()));
        } else if (line.startsWith(CHECKPOINT)) {
            checkpoint = line.substring(CHECKPOINT.length());
        } else if (line.startsWith(OFFER)) {
            offer = json(line.substring(OFFER.length()));
        } else if (line.startsWith(TRIAL)) {
            addTrial(json(line.substring(TRIAL.length())));
        } else {
            String cut = line.length() > MAX_LINE ? line.substring(0, MAX_LINE) + "…" : line;
            keep(unreported, cut, MAX_LINES);
            keep(last, cut, LAST);
        }
    }

    private void addTrial(@Nullable JsonNode trial) {
        if (trial != null && trials.size() < MAX_LINES) {
            trials.add(trial);
        }
    }

    /** Takes the outcomes of trials for the next report. */
    public synchronized List<JsonNode> takeTrials() {
        List<JsonNode> taken = List.copyOf(trials);
        trials.clear();
        return taken;
    }

    /** Null before the first. */
    public synchronized @Nullable JsonNode offer() {
        return offer;
    }

    /** The trainer's own word on what the task waits for: the step of its progress, and once a line of its log. */
    public synchronized void waitsFor(String why) {
        String step = "waits: " + why;
        if (progress == null || !step.equals(progress.path("step").asText())) {
            ObjectNode told = progress instanceof ObjectNode known ? known.deepCopy() : Json.MAPPER.createObjectNode();
            progress = told.put("step", step);
            add(step);
        }
    }

    private static void keep(Deque<String> lines, String line, int most) {
        lines.add(line);
        if (lines.size() > most) {
            lines.remove();
        }
    }

    private static @Nullable JsonNode json(String text) {
        try {
            return Json.readTree(text.getBytes(StandardCharsets.UTF_8));
        } catch (ServingException e) {
            return null;
        }
    }

    /** Takes the first lines, as many as a report may have. */
    public synchronized List<String> takeLines() {
        List<String> lines = new ArrayList<>();
        int characters = 0;
        while (!unreported.isEmpty()
                && lines.size() < MAX_REPORTED_LINES
                && characters + unreported.getFirst().length() <= MAX_REPORTED) {
            characters += unreported.getFirst().length();
            lines.add(unreported.removeFirst());
        }
        return lines;
    }

    /** Takes all lines, and returns the last ones, as many as a report may have. */
    public synchronized List<String> takeLastLines() {
        Deque<String> lines = new ArrayDeque<>();
        int characters = 0;
        while (!unreported.isEmpty()
                && lines.size() < MAX_REPORTED_LINES
                && characters + unreported.getLast().length() <= MAX_REPORTED) {
            characters += unreported.getLast().length();
            lines.addFirst(unreported.removeLast());
        }
        unreported.clear();
        return List.copyOf(lines);
    }

    /** Puts back the lines of a report that did not arrive. */
    public synchronized void giveBack(List<String> lines) {
        for (int i = lines.size() - 1; i >= 0 && unreported.size() < MAX_LINES; i--) {
            unreported.addFirst(lines.get(i));
        }
    }

    public synchronized @Nullable JsonNode progress() {
        return progress;
    }

    public synchronized @Nullable String checkpoint() {
        return checkpoint;
    }

    /** The last lines of the log. */
    public synchronized String lastWords() {
        return String.join("\n", last);
    }
}
