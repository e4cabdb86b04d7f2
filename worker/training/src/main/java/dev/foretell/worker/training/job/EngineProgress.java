package dev.foretell.worker.training.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.json.Json;
import java.io.PrintStream;
import java.time.Duration;

/** Tells how far a training with an engine is. Thread-safe. */
final class EngineProgress {
    static final double READ = 0.3;
    static final double VALIDATED = 0.65;
    static final double TRAINED = 0.95;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final PrintStream out;
    private double done;
    private String step = "";
    private double score = Double.NaN;
    private long toldNanos = System.nanoTime() - PAUSE.toNanos();

    EngineProgress(PrintStream out) {
        this.out = out;
    }

    /** Told at once, unless only the share has changed within a second. */
    synchronized void step(double done, String step) {
        boolean isNew = !step.equals(this.step);
        this.done = done;
        this.step = step;
        if (isNew || isTime()) {
            tell(step);
        }
    }

    /** Each pass over the rows is told, but not more than one within a second. */
    synchronized void passes(int passes) {
        if (isTime()) {
            tell(step + ", " + passes + (passes == 1 ? " pass" : " passes") + " over the rows");
        }
    }

    synchronized void score(double score) {
        this.score = score;
    }

    private boolean isTime() {
        return System.nanoTime() - toldNanos > PAUSE.toNanos();
    }

    private void tell(String text) {
        toldNanos = System.nanoTime();
        ObjectNode progress = Json.MAPPER.createObjectNode().put("done", done).put("step", text);
        if (!Double.isNaN(score)) {
            progress.put("score", score);
        }
        out.println(TaskOutput.PROGRESS + progress);
    }
}
