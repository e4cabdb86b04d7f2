package dev.foretell.cli.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.client.RouterHttp;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.ProgressBar;
import dev.foretell.cli.terminal.TerminalOutput;
import java.io.PrintWriter;
import java.time.Duration;

/** Looks at a task until it has ended, and tells how far it has come: in one line for a person, else in a line for each step. */
final class TaskWatch {
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final int WIDTH = 100;

    private final RouterHttp router;
    private final PrintWriter err;
    private final boolean isTerminal;
    private String shown = "";

    TaskWatch(RouterHttp router, PrintWriter err) {
        this.router = router;
        this.err = err;
        this.isTerminal = ProgressBar.isTerminal();
    }

    /** The task at its end. A command that is interrupted says that the task goes on. */
    JsonNode await(String id) {
        Thread farewell = new Thread(() -> sayThatItGoesOn(id), "farewell");
        Runtime.getRuntime().addShutdownHook(farewell);
        try {
            return awaitEnd(id);
        } finally {
            forget(farewell);
        }
    }

    private void sayThatItGoesOn(String id) {
        err.println((isTerminal ? System.lineSeparator() : "") + "Task " + id
                + " goes on without this command: foretell tasks watch " + id + " follows it, foretell tasks cancel "
                + id
                + " ends it.");
        err.flush();
    }

    private static void forget(Thread farewell) {
        try {
            Runtime.getRuntime().removeShutdownHook(farewell);
        } catch (IllegalStateException isEnding) {
            // It speaks.
        }
    }

    private JsonNode awaitEnd(String id) {
        while (true) {
            JsonNode task = router.get(TasksCommand.path(id)).orFail().json();
            boolean ended = task.has("finished_ms");
            show(task, ended);
            if (ended) {
                return task;
            }
            pause();
        }
    }

    private void show(JsonNode task, boolean ended) {
        String waits = task.path("waits").asText();
        String told = waits.isEmpty() ? TaskText.progress(task.path("progress")) : waits;
        String state = task.path("state").asText();
        String line = ended || told.isEmpty() ? state : state + ", " + told;
        if (!line.equals(shown)) {
            shown = line;
            String text = task.path("id").asText() + "  " + line;
            if (isTerminal) {
                TerminalOutput.restartLine(err);
                err.print(text
                        + " ".repeat(Math.max(0, WIDTH - text.length()))
                        + (ended || !waits.isEmpty() ? "\n" : ""));
            } else {
                err.println(text);
            }
            err.flush();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.of("interrupted");
        }
    }
}
