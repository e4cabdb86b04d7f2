package dev.foretell.worker.training.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.json.Json;
import dev.foretell.worker.training.search.LeaderboardRow;
import dev.foretell.worker.training.search.SearchCheckpoint;
import dev.foretell.worker.training.search.SearchPlan;
import dev.foretell.worker.training.search.SearchProgress;
import dev.foretell.worker.training.search.SearchTime;
import dev.foretell.worker.training.search.TrialPool;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Tells of a search after each trial: progress with the head of the leaderboard, a checkpoint, and a line for each new leader. Trials that
 * follow within a quarter of a second are told together with the next one.
 */
final class SearchReport {
    private static final int ROWS = 10;
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final SearchPlan plan;
    private final String search;
    private final SearchTime time;
    private final long spentMs;
    private final TrialPool pool;
    private final PrintStream out;
    private long toldNanos = System.nanoTime() - PAUSE.toNanos();
    private int leader = -1;
    private boolean isFull;

    /** @param spentMs what earlier trainers have used of the search's limit */
    SearchReport(SearchPlan plan, String search, SearchTime time, long spentMs, TrialPool pool, PrintStream out) {
        this.plan = plan;
        this.search = search;
        this.time = time;
        this.spentMs = spentMs;
        this.pool = pool;
        this.out = out;
    }

    void tell(SearchProgress progress) {
        if (System.nanoTime() - toldNanos < PAUSE.toNanos()) {
            return;
        }
        toldNanos = System.nanoTime();
        List<LeaderboardRow> rows = progress.leaderboard(ROWS);
        out.println(TaskOutput.PROGRESS + json(progress, rows));
        checkpoint(new SearchCheckpoint(search, spentMs + time.spentMs(), progress.log()).text(progress.early()));
        rows.stream().limit(1).filter(first -> first.candidate() != leader).forEach(this::log);
    }

    /** The last one that is short enough stays: a trainer that goes on from there does again what came after it. */
    private void checkpoint(String text) {
        if (text.length() <= TaskOutput.MAX_CHECKPOINT) {
            out.println(TaskOutput.CHECKPOINT + text);
        } else if (!isFull) {
            isFull = true;
            out.println("the checkpoint has no room for further trials: a trainer that takes over does them again");
        }
    }

    private ObjectNode json(SearchProgress progress, List<LeaderboardRow> rows) {
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("done", Math.max(progress.done(), time.done(spentMs)))
                .put(
                        "step",
                        "generation " + progress.generation() + " of " + plan.generations() + ", " + progress.trials()
                                + " trials")
                .put("scoring", plan.scoring().word())
                .put("left_ms", time.leftMs(spentMs));
        rows.stream().limit(1).forEach(first -> json.put("score", first.score().score()));
        Map<String, Integer> helped = pool.helped();
        if (!helped.isEmpty()) {
            json.set("helped", Json.MAPPER.valueToTree(helped));
        }
        json.set("leaderboard", Json.MAPPER.valueToTree(rows));
        return json;
    }

    private void log(LeaderboardRow first) {
        leader = first.candidate();
        out.println("candidate " + leader + " leads: " + plan.scoring().word() + " "
                + first.score().score() + " over " + first.score().folds() + " folds, "
                + first.pipeline().algorithm() + " " + first.pipeline().parameters());
    }
}
