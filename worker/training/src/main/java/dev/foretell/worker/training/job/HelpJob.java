package dev.foretell.worker.training.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.training.SearchParameters;
import dev.foretell.worker.training.score.Folds;
import dev.foretell.worker.training.score.Scoring;
import dev.foretell.worker.training.search.Evaluator;
import dev.foretell.worker.training.search.TrialWork;
import dev.foretell.worker.training.table.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Tries trials of a search that another trainer runs: those that its own trainer names, each on a thread, until its stdin ends. */
final class HelpJob {
    private static final int BROKEN = 1;

    private final SearchParameters parameters;
    private final Parent parent;
    private final PrintStream out;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    /** By token. Confined to the thread that reads the parent. */
    private final Map<Long, Future<?>> trials = new HashMap<>();

    /** @param task the search, with its {@code parameters} */
    HelpJob(JsonNode task, Parent parent, PrintStream out) {
        this.parameters = SearchParameters.of(task.path("parameters"));
        this.parent = parent;
        this.out = out;
    }

    /** Does not return: it ends with the process. */
    void run(Path folder) throws IOException {
        Table table = SearchJob.read(folder.resolve(TaskFolder.DATA), parameters);
        Folds folds = Folds.cross(table.target(), parameters.folds(), parameters.seed());
        Evaluator evaluator = Evaluator.of(table, folds, parameters.seed());
        Scoring scoring = SearchJob.scoring(parameters, table.target().kind());
        parent.listen(line -> hold(line.path("trials"), evaluator, scoring));
        new Semaphore(0).acquireUninterruptibly();
    }

    /** Begins those that are new, and breaks off those that it does not have any more. */
    private void hold(JsonNode held, Evaluator evaluator, Scoring scoring) {
        Set<Long> tokens = new HashSet<>();
        for (JsonNode trial : held) {
            long token = trial.path("token").asLong();
            tokens.add(token);
            trials.computeIfAbsent(token, first -> threads.submit(() -> tryOut(trial, evaluator, scoring)));
        }
        trials.forEach((token, trial) -> {
            if (!tokens.contains(token)) {
                trial.cancel(true);
            }
        });
        trials.keySet().retainAll(tokens);
    }

    private void tryOut(JsonNode trial, Evaluator evaluator, Scoring scoring) {
        try {
            evaluator
                    .tryOut(TrialWork.of(trial.path("work")), scoring)
                    .ifPresent(done -> out.println(TaskOutput.TRIAL
                            + done.json()
                                    .put("trial", trial.path("trial").asInt())
                                    .put("token", trial.path("token").asLong())));
        } catch (RuntimeException | Error broken) {
            // The trial is the search's own again once this process has ended.
            out.println("trial " + trial.path("trial").asInt() + " could not be tried: " + broken);
            Runtime.getRuntime().halt(BROKEN);
        }
    }
}
