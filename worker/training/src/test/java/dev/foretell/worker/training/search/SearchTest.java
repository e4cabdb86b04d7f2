package dev.foretell.worker.training.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.worker.training.Tables;
import dev.foretell.worker.training.learn.Algorithm;
import dev.foretell.worker.training.pipeline.Pipeline;
import dev.foretell.worker.training.score.Folds;
import dev.foretell.worker.training.score.Scoring;
import dev.foretell.worker.training.search.space.SearchSpace;
import dev.foretell.worker.training.table.ClassTarget;
import dev.foretell.worker.training.table.CsvOptions;
import dev.foretell.worker.training.table.Features;
import dev.foretell.worker.training.table.NumberColumn;
import dev.foretell.worker.training.table.Table;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SearchTest {
    private static final long SEED = 5;
    private static final Consumer<SearchProgress> NOBODY = progress -> {};

    private final Table iris = Tables.reference("iris");
    private final Evaluator evaluator = Evaluator.of(iris, Folds.cross(iris.target(), 3, SEED), SEED);

    SearchTest() throws IOException {}

    private static SearchPlan plan(int keep, int trials) {
        return new SearchPlan(3, 8, SEED, Scoring.ACCURACY, keep, trials);
    }

    private SearchOutcome search(SearchPlan plan, SearchClock clock, TrialLog log, int places) {
        return new Search(plan, evaluator, clock, log, NOBODY).run(places);
    }

    private SearchOutcome whole(int places) {
        return search(plan(3, Integer.MAX_VALUE), SearchClock.ENDLESS, new TrialLog(), places);
    }

    private static void assertSame(SearchOutcome one, SearchOutcome other) {
        assertThat(Json.writeText(one.leaderboard())).isEqualTo(Json.writeText(other.leaderboard()));
        assertThat(one.trials()).isEqualTo(other.trials());
        assertThat(one.finalists()).hasSameSizeAs(other.finalists());
        for (int i = 0; i < one.finalists().size(); i++) {
            assertThat(one.finalists().get(i).onnx())
                    .isEqualTo(other.finalists().get(i).onnx());
        }
    }

    /** The clock is asked once before each trial, and once more for each model that is trained. */
    private static SearchClock clockOf(int questions) {
        AtomicInteger asked = new AtomicInteger();
        return () -> asked.incrementAndGet() <= questions ? Duration.ofDays(1) : Duration.ZERO;
    }

    @Test
    void endsTheSameWithOnePlaceOrEight() {
        SearchOutcome alone = whole(1);

        assertThat(alone.isCut()).isFalse();
        assertThat(alone.finalists()).hasSize(3);
        assertSame(whole(8), alone);
    }

    @Test
    void ofAnotherSeedIsAnother() {
        SearchPlan other = new SearchPlan(3, 8, 6, Scoring.ACCURACY, 1, Integer.MAX_VALUE);

        assertThat(search(other, SearchClock.ENDLESS, new TrialLog(), 2).leaderboard())
                .isNotEqualTo(whole(2).leaderboard());
    }

    @Test
    void thatTheClockCutIsTheSameAgainUpToThatTrial() {
        for (int questions : List.of(2, 7, 13, 30, 50)) {
            SearchOutcome cut = search(plan(2, Integer.MAX_VALUE), clockOf(questions), new TrialLog(), 3);

            assertThat(cut.isCut()).isTrue();
            assertSame(search(plan(2, cut.trials()), SearchClock.ENDLESS, new TrialLog(), 8), cut);
        }
    }

    @Test
    void goesOnFromTheScoresOfItsFirstTrials() {
        TrialLog whole = new TrialLog();
        List<double[]> logs = new ArrayList<>();
        SearchOutcome alone = new Search(
                        plan(2, Integer.MAX_VALUE), evaluator, SearchClock.ENDLESS, whole, progress -> {
                            if (progress.trials() > logs.size()) {
                                logs.add(progress.log().scores());
                            }
                        })
                .run(2);

        assertThat(logs).hasSize(alone.trials());
        for (int trials : List.of(1, 5, 9, 14, 20, logs.size())) {
            TrialLog log = new TrialLog(logs.get(trials - 1));
            assertSame(search(plan(2, Integer.MAX_VALUE), SearchClock.ENDLESS, log, 2), alone);
            assertThat(log.scores()).isEqualTo(whole.scores());
        }
    }

    /** A helper knows of a trial only what its JSON tells. */
    private void help(TrialPool pool, SearchPlan plan) {
        try {
            List<OpenTrial> offer = List.of();
            while (true) {
                offer = pool.awaitOffer(offer);
                if (offer.isEmpty()) {
                    continue;
                }
                OpenTrial trial = offer.get(0);
                pool.hear(1, Set.of(trial.number()));
                JsonNode told = Json.readTree(Json.write(trial.work().json()));
                Trial tried =
                        evaluator.tryOut(TrialWork.of(told), plan.scoring()).orElseThrow();
                pool.end(trial.number(), "helper", Json.readTree(Json.write(tried.json())));
            }
        } catch (InterruptedException | NoSuchElementException closed) {
            // The search has ended.
        }
    }

    private SearchOutcome shared(SearchPlan plan, SearchClock clock) throws InterruptedException {
        try (TrialPool pool = new TrialPool(1)) {
            Thread helper = new Thread(() -> help(pool, plan));
            helper.start();
            SearchOutcome outcome = new Search(plan, evaluator, clock, new TrialLog(), NOBODY).run(pool);
            helper.interrupt();
            helper.join();
            assertThat(pool.helped()).containsKey("helper");
            return outcome;
        }
    }

    @Test
    void endsTheSameWithHelpers() throws InterruptedException {
        assertSame(shared(plan(3, Integer.MAX_VALUE), SearchClock.ENDLESS), whole(2));
    }

    @Test
    void thatTheClockCutIsTheSameAgainWithHelpersOrWithout() throws InterruptedException {
        SearchOutcome cut = shared(plan(2, Integer.MAX_VALUE), clockOf(30));

        assertThat(cut.isCut()).isTrue();
        assertSame(search(plan(2, cut.trials()), SearchClock.ENDLESS, new TrialLog(), 2), cut);
    }

    /** Wrong outcomes show whether they were taken. */
    @Test
    void goesOnFromOutcomesThatCameBeforeTheirTurn() {
        TrialLog two = new TrialLog();
        search(plan(1, 2), SearchClock.ENDLESS, two, 1);
        Map<Integer, Trial> early = Map.of(3, Trial.of(new double[] {0}), 4, Trial.ofFailure(1, new Exception("no")));
        String text = new SearchCheckpoint("s", 0, two).text(early);
        TrialLog log = SearchCheckpoint.read(text, "s").orElseThrow().log();
        search(plan(1, 5), SearchClock.ENDLESS, log, 2);

        assertThat(log.scores()).hasSize(5).startsWith(two.scores());
        assertThat(log.scores()[3]).isZero();
        assertThat(log.scores()[4]).isNaN();
    }

    /** More scores than any order may have: shares of few rows, and others that are like noise. */
    @Test
    void theLongestSearchHasACheckpointThatARouterTakes() {
        Random random = new Random(7);
        double[] shares = random.ints(55_000, 20, 31).mapToDouble(n -> n / 30.0).toArray();
        double[] noise = random.doubles(55_000).map(score -> -score).toArray();
        noise[1000] = Double.NaN;

        assertThat(goneOn(shares, 512 * 1024)).isEqualTo(shares);
        assertThat(goneOn(noise, 512 * 1024)).isEqualTo(noise);
    }

    private static double[] goneOn(double[] scores, int longest) {
        String text = new SearchCheckpoint("s", 5, new TrialLog(scores)).text(Map.of());
        assertThat(text).hasSizeLessThan(longest);
        return SearchCheckpoint.read(text, "s").orElseThrow().log().scores();
    }

    @Test
    void whatIsNoCheckpointBeginsAnew() {
        assertThat(SearchCheckpoint.read("{\"search\":\"s\",\"scores\":\"AAAA\"}", "s"))
                .isEmpty();
        assertThat(SearchCheckpoint.read("{\"search\":\"s\",\"scores\":\"?\"}", "s"))
                .isEmpty();
        assertThat(SearchCheckpoint.read("{", "s")).isEmpty();
        assertThat(SearchCheckpoint.read(
                        new SearchCheckpoint("s", 0, new TrialLog(new double[3_000_000])).text(Map.of()), "s"))
                .isEmpty();
    }

    @Test
    void aTrialIsTheSameInAnotherProcess() {
        Population population =
                new Population(plan(1, 1), SearchSpace.of(iris.target().kind(), iris.rows()));
        List<Candidate> candidates = population.generation(0, new Leaderboard());

        assertThat(candidates).hasSizeGreaterThan(4).allSatisfy(candidate -> {
            TrialWork work = new TrialWork(candidate.pipeline(), new Rung(1, 2, true));
            assertThat(TrialWork.of(Json.readTree(Json.write(work.json())))).isEqualTo(work);
        });
    }

    @Test
    void withoutTimeForOneCandidateFails() {
        assertThatThrownBy(() -> search(plan(1, Integer.MAX_VALUE), clockOf(0), new TrialLog(), 1))
                .isInstanceOf(ServingException.class)
                .hasMessageContaining("longer timeLimit");
    }

    /** Its scores are there, its model is not: the first question lets the trial end, the second one comes as the model is trained. */
    @Test
    void doesNotCountATrialWhoseModelIsNotTrainedInTime() {
        assertThatThrownBy(() -> search(plan(1, Integer.MAX_VALUE), clockOf(1), new TrialLog(), 1))
                .isInstanceOf(ServingException.class);
    }

    @Test
    void deliversTheBestOfALogWithoutTimeForMore() {
        List<double[]> logs = new ArrayList<>();
        new Search(
                        plan(1, 4),
                        evaluator,
                        SearchClock.ENDLESS,
                        new TrialLog(),
                        progress -> logs.add(progress.log().scores()))
                .run(1);

        SearchOutcome cut = search(plan(1, Integer.MAX_VALUE), clockOf(0), new TrialLog(logs.get(3)), 1);

        assertThat(cut.trials()).isEqualTo(4);
        assertThat(cut.finalists()).hasSize(1);
    }

    @Test
    void beginsWithEachAlgorithmAsItIsByDefault() {
        SearchSpace space = SearchSpace.of(iris.target().kind(), iris.rows());

        assertThat(space.defaults()).isNotEmpty();
        for (Algorithm algorithm : Algorithm.values()) {
            assertThat(SearchSpace.byDefault(algorithm).pipeline(1)).isEqualTo(Pipeline.of(algorithm, Map.of(), 1));
        }
    }

    @Test
    void triesAllPartsOfPipelines() {
        SearchOutcome outcome = search(
                new SearchPlan(6, 20, SEED, Scoring.ACCURACY, 1, Integer.MAX_VALUE),
                SearchClock.ENDLESS,
                new TrialLog(),
                4);

        assertThat(outcome.leaderboard())
                .extracting(row -> row.pipeline().algorithm())
                .contains("logistic-regression");
        assertThat(outcome.leaderboard().stream()
                        .map(row -> row.pipeline().features())
                        .distinct())
                .hasSizeGreaterThan(2);
        assertThat(outcome.leaderboard().stream()
                        .map(row -> row.pipeline().scaling())
                        .distinct())
                .hasSizeGreaterThan(2);
        assertThat(outcome.leaderboard().get(0).score().score()).isGreaterThan(outcome.baseline());
    }

    /** Of 12,000 rows a sample comes first: the best is tried on all. */
    @Test
    void triesLargeTablesOnASampleFirst() throws IOException {
        StringBuilder csv = new StringBuilder("a,b,y\n");
        for (int row = 0; row < 12_000; row++) {
            int a = row * 7919 % 997;
            csv.append(a)
                    .append(',')
                    .append(row * 31 % 101)
                    .append(',')
                    .append(2 * a + row % 3)
                    .append('\n');
        }
        Table table = Tables.of(csv.toString(), CsvOptions.of("y"));
        Evaluator large = Evaluator.of(table, Folds.cross(table.target(), 2, SEED), SEED);
        SearchOutcome outcome = new Search(
                        new SearchPlan(1, 2, SEED, Scoring.R2, 1, Integer.MAX_VALUE),
                        large,
                        SearchClock.ENDLESS,
                        new TrialLog(),
                        NOBODY)
                .run(2);

        assertThat(outcome.leaderboard().get(0).score().folds()).isEqualTo(2);
        assertThat(outcome.leaderboard().get(0).score().score()).isGreaterThan(0.99);
        assertThat(large.ladder()).extracting(Rung::isSampled).containsExactly(true, false, false);
    }

    @Test
    void tellsWhyNoCandidateCanBeTrained() {
        Table taken = new Table(
                new Features(List.of(new NumberColumn("label", new double[] {1, 2, 3, 4, 5, 6})), 6),
                new ClassTarget("y", List.of("a", "b"), new int[] {0, 1, 0, 1, 0, 1}),
                "");
        Evaluator wrong = Evaluator.of(taken, Folds.cross(taken.target(), 2, SEED), SEED);

        assertThatThrownBy(
                        () -> new Search(plan(1, Integer.MAX_VALUE), wrong, SearchClock.ENDLESS, new TrialLog(), NOBODY)
                                .run(1))
                .hasMessageContaining("A column has the name 'label'");
    }
}
