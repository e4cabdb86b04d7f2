package dev.foretell.worker.training.search;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.worker.training.learn.Algorithm;
import dev.foretell.worker.training.search.space.SearchSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Searches the best pipeline for a table. Each generation of candidates climbs a ladder of rungs, of which each tries the better half of
 * the one before on more folds (successive halving); the next generation descends from the best.
 *
 * <p>Candidates are tried on several threads, but each trial has a number, and results count in the order of these numbers: what has
 * come of a search depends on the table, the plan, and how many trials have ended, on nothing else. Used once, by one thread.
 */
public final class Search {
    private static final int ROWS = 100;

    private final SearchPlan plan;
    private final Evaluator evaluator;
    private final List<Rung> ladder;
    private final SearchClock clock;
    private final TrialLog log;
    private final Consumer<SearchProgress> listener;
    private final Leaderboard board = new Leaderboard();
    private final Population population;
    private int generation;
    private int trials;
    private String firstFailure = "";

    /**
     * @param log trials that have ended already, of the same plan and table
     * @param listener called after each further trial, and while one takes long and others end, on the thread of the search
     */
    public Search(
            SearchPlan plan, Evaluator evaluator, SearchClock clock, TrialLog log, Consumer<SearchProgress> listener) {
        this.plan = plan;
        this.evaluator = evaluator;
        this.ladder = evaluator.ladder();
        this.clock = clock;
        this.log = log;
        this.listener = listener;
        this.population = new Population(
                plan,
                SearchSpace.of(
                        evaluator.table().target().kind(), evaluator.table().rows()));
    }

    /** As {@link #run(TrialPool)}, with so many places and no helpers. */
    public SearchOutcome run(int places) {
        try (TrialPool pool = new TrialPool(places)) {
            return run(pool);
        }
    }

    /**
     * Searches until the last generation has ended, or the clock is up, or the plan's trials have ended.
     *
     * @param pool tries the candidates, however many at once; the outcome does not depend on it
     * @throws WrongScores if one of the best has other scores here than its helper, or the log, told
     * @throws ServingException INVALID_INPUT where no candidate could be trained, or none within the time
     */
    public SearchOutcome run(TrialPool pool) {
        try (FinalThread thread = new FinalThread()) {
            Finalists finalists = new Finalists(evaluator, thread, plan.scoring());
            boolean isWhole = isPlayed(pool, finalists);
            List<Standing> best = board.best(plan.keep());
            List<Finalist> trained = finalists.in(best);
            if (trained.isEmpty()) {
                throw new ServingException(FailureKind.INVALID_INPUT, nothing(isWhole));
            }
            return new SearchOutcome(
                    trials, !isWhole, board.best(Integer.MAX_VALUE).size(), baseline(), board.rows(ROWS), trained);
        } finally {
            pool.begin();
        }
    }

    private String nothing(boolean isWhole) {
        if (!firstFailure.isEmpty()) {
            return "No candidate could be trained. The first one: " + firstFailure;
        }
        return isWhole
                ? "No candidate could be trained."
                : "The time was up before the first candidate had been tried: give the search a longer timeLimit, or"
                        + " train on fewer rows.";
    }

    private double baseline() {
        return board.best(Integer.MAX_VALUE).stream()
                .filter(standing -> isBaseline(standing.candidate()))
                .mapToDouble(Standing::score)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static boolean isBaseline(Candidate candidate) {
        return candidate.pipeline().algorithm() == Algorithm.BASELINE;
    }

    private boolean isPlayed(TrialPool pool, Finalists finalists) {
        for (generation = 0; generation < plan.generations(); generation++) {
            List<Candidate> alive = population.generation(generation, board);
            for (Rung rung : ladder) {
                if (!isClimbed(alive, rung, pool, finalists)) {
                    return false;
                }
                alive = better(alive);
            }
        }
        return true;
    }

    /** The better half of those that have not failed, in the order of their numbers; the baseline goes all the way. */
    private List<Candidate> better(List<Candidate> tried) {
        int half = (tried.size() + 1) / 2;
        List<Candidate> ranked = tried.stream()
                .flatMap(candidate -> board.find(candidate).stream())
                .sorted(Standing.BEST_FIRST)
                .map(Standing::candidate)
                .toList();
        return tried.stream()
                .filter(candidate ->
                        ranked.contains(candidate) && (ranked.indexOf(candidate) < half || isBaseline(candidate)))
                .sorted(Comparator.comparingInt(Candidate::number))
                .toList();
    }

    /** Whether all candidates were tried before the search is cut. */
    private boolean isClimbed(List<Candidate> alive, Rung rung, TrialPool pool, Finalists finalists) {
        List<Optional<Future<Trial>>> started = start(alive, rung, pool);
        for (int i = 0; i < alive.size(); i++) {
            if (trials >= plan.trials()) {
                return false;
            }
            Optional<Trial> trial = started.get(i).isPresent()
                    ? FinalThread.await(started.get(i).get(), clock, () -> tellEarly(pool))
                    : Optional.of(new Trial(log.next(rung.folds()), ""));
            if (trial.isEmpty()
                    || !isCommitted(
                            alive.get(i), rung, trial.get(), started.get(i).isPresent(), pool, finalists)) {
                return false;
            }
        }
        return true;
    }

    /** A future for each candidate that is not in the log. */
    private List<Optional<Future<Trial>>> start(List<Candidate> alive, Rung rung, TrialPool pool) {
        List<Optional<Future<Trial>>> started = new ArrayList<>();
        int logged = log.ahead() / rung.folds();
        pool.begin();
        for (Candidate candidate : alive) {
            int number = trials + started.size();
            boolean isNeeded = started.size() >= logged && number < plan.trials();
            started.add(isNeeded ? Optional.of(start(number, candidate, rung, pool)) : Optional.empty());
        }
        return started;
    }

    private Future<Trial> start(int number, Candidate candidate, Rung rung, TrialPool pool) {
        TrialWork work = new TrialWork(candidate.pipeline(), rung);
        OpenTrial trial = new OpenTrial(number, work);
        return log.early(number)
                .filter(known -> known.scores().length == rung.folds())
                .map(known -> pool.addEnded(trial, known))
                .orElseGet(() -> pool.add(trial, () -> evaluator.tryOut(work, plan.scoring())));
    }

    /**
     * Counts a trial, unless the clock is up before the best are trained: then it never was. Those of a log are trained whatever the
     * clock says, once the log is at its end.
     */
    private boolean isCommitted(
            Candidate candidate, Rung rung, Trial trial, boolean isNew, TrialPool pool, Finalists finalists) {
        Standing before = board.find(candidate).orElseGet(() -> Standing.of(candidate));
        if (trial.isFailed()) {
            board.remove(candidate);
            firstFailure = firstFailure.isEmpty() ? trial.failure() : firstFailure;
        } else {
            board.put(before.pass(rung, trial.scores()));
        }
        if ((isNew || log.ahead() == 0)
                && !finalists.train(board.best(plan.keep()), isNew ? clock : SearchClock.ENDLESS)) {
            restore(before);
            return false;
        }
        trials++;
        if (isNew) {
            log.add(trial.scores());
            listener.accept(new Progress(pool.endedFrom(trials)));
        }
        return true;
    }

    /** While a trial takes long, those behind it end: without a word of them, a search that is killed would do them again. */
    private void tellEarly(TrialPool pool) {
        Map<Integer, Trial> early = pool.endedFrom(trials);
        if (!early.isEmpty()) {
            listener.accept(new Progress(early));
        }
    }

    private void restore(Standing before) {
        if (before.rungs() == 0) {
            board.remove(before.candidate());
        } else {
            board.put(before);
        }
    }

    /** All trials of all generations. */
    private long plannedTrials() {
        long size = plan.populationSize();
        long planned = 0;
        for (int rung = 0; rung < ladder.size(); rung++) {
            planned += size;
            size = (size + 1) / 2;
        }
        return planned * plan.generations() + ladder.size();
    }

    private final class Progress implements SearchProgress {
        private final Map<Integer, Trial> early;

        Progress(Map<Integer, Trial> early) {
            this.early = early;
        }

        @Override
        public Map<Integer, Trial> early() {
            return early;
        }

        @Override
        public int trials() {
            return trials;
        }

        @Override
        public double done() {
            return Math.min(1, (double) trials / plannedTrials());
        }

        @Override
        public int generation() {
            return generation + 1;
        }

        @Override
        public List<LeaderboardRow> leaderboard(int rows) {
            return board.rows(rows);
        }

        @Override
        public TrialLog log() {
            return log;
        }
    }
}
