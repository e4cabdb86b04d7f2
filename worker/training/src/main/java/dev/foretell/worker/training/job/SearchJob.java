package dev.foretell.worker.training.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.training.SearchParameters;
import dev.foretell.worker.training.score.Folds;
import dev.foretell.worker.training.score.Scoring;
import dev.foretell.worker.training.search.Evaluator;
import dev.foretell.worker.training.search.Finalist;
import dev.foretell.worker.training.search.Search;
import dev.foretell.worker.training.search.SearchCheckpoint;
import dev.foretell.worker.training.search.SearchClock;
import dev.foretell.worker.training.search.SearchOutcome;
import dev.foretell.worker.training.search.SearchPlan;
import dev.foretell.worker.training.search.SearchTime;
import dev.foretell.worker.training.search.TrialLog;
import dev.foretell.worker.training.search.TrialPool;
import dev.foretell.worker.training.search.WrongScores;
import dev.foretell.worker.training.table.CsvTable;
import dev.foretell.worker.training.table.Table;
import dev.foretell.worker.training.table.TargetKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Searches the best pipeline for one table. Where its time is up, it ends with the best so far. */
final class SearchJob implements Job {
    private final JsonNode task;
    private final SearchParameters parameters;
    private final String compared;
    private final SearchTime time;
    private final Parent parent;
    private final PrintStream out;

    /**
     * @param task as the trainer claimed it; {@code places} says how many candidates may be tried at once
     * @param compared the metric that the model is to be compared on with the one that serves; empty for none
     * @param startNanos when the process started, by {@link System#nanoTime}
     * @param parent tells how many places the search has now, and what helpers do
     * @param out where progress and checkpoints go
     */
    SearchJob(JsonNode task, String compared, long startNanos, Parent parent, PrintStream out) {
        this.task = task;
        this.compared = compared;
        this.parameters = SearchParameters.of(task.path("parameters"));
        this.time = new SearchTime(
                startNanos,
                task.path("limits").path("time_ms").asLong(Long.MAX_VALUE),
                compared.isEmpty() ? SearchTime.WRITING : SearchTime.COMPARING,
                parameters.timeLimit());
        this.parent = parent;
        this.out = out;
    }

    @Override
    public Trained run(Path folder) throws IOException {
        Table table = read(folder.resolve(TaskFolder.DATA), parameters);
        if (!compared.isEmpty()) {
            Scoring.ofName(compared, table.target().kind());
        }
        SearchPlan plan = plan(table.target().kind());
        String name = CheckpointName.of(table, task.path("parameters"));
        Optional<SearchCheckpoint> checkpoint =
                SearchCheckpoint.read(task.path("checkpoint").asText(), name);
        long spent = checkpoint.map(SearchCheckpoint::spentMs).orElse(0L);
        TrialLog log = checkpoint.map(SearchCheckpoint::log).orElseGet(TrialLog::new);
        checkpoint.ifPresent(known -> out.println("goes on after " + spent / 1000 + " s of an earlier trainer"));
        Folds folds = Folds.cross(table.target(), parameters.folds(), parameters.seed());
        Evaluator evaluator = Evaluator.of(table, folds, parameters.seed());
        SearchOutcome outcome;
        try (SharedTrials shared = SharedTrials.start(task.path("places").asInt(1), parent, out)) {
            SearchReport report = new SearchReport(plan, name, time, spent, shared.pool(), out);
            outcome = search(
                    nextLog -> new Search(plan, evaluator, SearchClock.until(time.end(spent)), nextLog, report::tell),
                    log,
                    shared.pool());
        }
        Finalist best = outcome.finalists().get(0);
        if (!compared.isEmpty()) {
            Holdout.of(best.pipeline(), table, compared, parameters.seed(), 1)
                    .write(folder.resolve(TaskFolder.HOLDOUT));
        }
        return new Trained(
                best.onnx(),
                outcome.finalists().stream().skip(1).map(Finalist::onnx).toList(),
                result(outcome, plan, table));
    }

    /** With wrong scores among those that count, what has come of the search so far is worth nothing. */
    private SearchOutcome search(Function<TrialLog, Search> of, TrialLog log, TrialPool pool) {
        try {
            return of.apply(log).run(pool);
        } catch (WrongScores wrong) {
            Set<String> helpers = pool.helped().keySet();
            out.println(wrong.getMessage() + "; the search begins anew, without helpers (they were " + helpers + ")");
            pool.dismissHelpers();
            return of.apply(new TrialLog()).run(pool);
        }
    }

    static Table read(Path data, SearchParameters parameters) throws IOException {
        try (InputStream bytes = Files.newInputStream(data)) {
            return CsvTable.read(bytes, JobParameters.csv(parameters));
        }
    }

    private SearchPlan plan(TargetKind kind) {
        return new SearchPlan(
                parameters.generations(),
                parameters.populationSize(),
                parameters.seed(),
                scoring(parameters, kind),
                parameters.keep(),
                parameters.trials());
    }

    static Scoring scoring(SearchParameters parameters, TargetKind kind) {
        return parameters
                .scoring()
                .map(metric -> Scoring.ofName(metric.word(), kind))
                .orElse(Scoring.of(kind).get(0));
    }

    private static ObjectNode result(SearchOutcome outcome, SearchPlan plan, Table table) {
        Finalist best = outcome.finalists().get(0);
        ObjectNode result = JobResult.of(best.pipeline(), table, best.validation(), best.folds());
        ObjectNode search = result.putObject("search")
                .put("scoring", plan.scoring().word())
                .put("trials", outcome.trials())
                .put("candidates", outcome.candidates());
        if (!Double.isNaN(outcome.baseline())) {
            search.put("baseline", outcome.baseline());
        }
        if (outcome.isCut()) {
            search.putObject("cut").put("trials", outcome.trials());
        }
        result.set("leaderboard", Json.MAPPER.valueToTree(outcome.leaderboard()));
        return result;
    }
}
